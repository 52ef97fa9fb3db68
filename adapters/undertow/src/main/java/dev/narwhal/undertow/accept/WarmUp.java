package dev.narwhal.undertow.accept;

import dev.narwhal.worker.engine.DeploymentException;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.channels.AcceptingChannel;

/**
 * Requests that a worker makes of itself before anybody else can: over TCP, parsed, dispatched and filtered as all others. On a loopback port of its own,
 * which takes the worker's own connections only. Used by one thread, which waits.
 */
public final class WarmUp implements Closeable {

    private static final int SERVER_ERROR = 500;
    private static final int CHUNK = 8192;
    private static final String END = "\r\n";

    private final AcceptingChannel<StreamConnection> server;
    private final Connections connections;
    private final String host;
    private final boolean tls;
    private final Duration limit;

    /** The port of the client that is let in. */
    private volatile int expected;

    /**
     * Opens the port.
     *
     * @param server listens on a loopback address; closed in the end
     * @param host what requests name as their host
     * @param tls whether they are to look as if a proxy had taken TLS off them
     * @param limit how long each request may take
     */
    public WarmUp(
            AcceptingChannel<StreamConnection> server,
            Connections connections,
            String host,
            boolean tls,
            Duration limit) {
        this.server = server;
        this.connections = connections;
        this.host = host;
        this.tls = tls;
        this.limit = limit;
        server.getAcceptSetter().set(this::acceptable);
        server.resumeAccepts();
    }

    private void acceptable(AcceptingChannel<StreamConnection> channel) {
        try {
            for (var connection = channel.accept(); connection != null; connection = channel.accept()) {
                if (connection.getPeerAddress() instanceof InetSocketAddress peer && peer.getPort() == expected) {
                    connections.openedByPeer(connection);
                } else {
                    IoUtils.safeClose(connection);
                }
            }
        } catch (IOException _) {
            // the client, which waits for its answer, tells
        }
    }

    /**
     * Requests a path.
     *
     * @throws DeploymentException when it is answered with 500 or more, or not in time
     */
    public void request(String path) throws DeploymentException {
        try {
            int status = status(path);
            if (status >= SERVER_ERROR) {
                throw new DeploymentException("warming up: GET %s was answered with %d".formatted(path, status));
            }
        } catch (SocketTimeoutException e) {
            throw new DeploymentException(
                    "warming up: GET %s was not answered within %d s, half of --boot-timeout"
                            .formatted(path, limit.toSeconds()),
                    e);
        } catch (IOException e) {
            throw new DeploymentException("warming up: GET %s: %s".formatted(path, e.getMessage()), e);
        }
    }

    private int status(String path) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        try (var socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
            expected = socket.getLocalPort();
            socket.connect(server.getLocalAddress());
            socket.getOutputStream().write(head(path).getBytes(StandardCharsets.US_ASCII));
            var head = new StringBuilder();
            var chunk = new byte[CHUNK];
            while (true) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new SocketTimeoutException("the answer does not end");
                }
                socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
                int count = socket.getInputStream().read(chunk);
                if (count < 0) {
                    return status(head);
                }
                if (head.length() < CHUNK) {
                    head.append(new String(chunk, 0, count, StandardCharsets.ISO_8859_1));
                }
            }
        }
    }

    private String head(String path) {
        var lines = new ArrayList<>(List.of(
                "GET %s HTTP/1.1".formatted(path),
                "Host: %s".formatted(host),
                "User-Agent: Narwhal warm-up",
                "Accept: */*",
                "Connection: close"));
        if (tls) {
            lines.add("X-Forwarded-Proto: https");
        }
        return lines.stream().map(line -> line + END).collect(Collectors.joining()) + END;
    }

    /** {@code HTTP/1.1 200 OK}. */
    private static int status(StringBuilder head) throws IOException {
        if (head.length() < 12 || !head.substring(9, 12).matches("[0-9]{3}")) {
            throw new IOException("the connection ended without an answer");
        }
        return Integer.parseInt(head.substring(9, 12));
    }

    @Override
    public void close() {
        IoUtils.safeClose(server);
    }
}
