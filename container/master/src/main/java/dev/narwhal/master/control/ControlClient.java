package dev.narwhal.master.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Asks a server over its control socket: one request a connection, as {@code curl --unix-socket} would. In HTTP/1.0, where the answer is what comes
 * until the connection ends. The JDK's client knows TCP only.
 */
public final class ControlClient {

    /** What is ordered is answered at once, and done afterwards; so nobody has to wait for long. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path socket;

    public ControlClient(Path socket) {
        this.socket = socket;
    }

    /**
     * A response.
     *
     * @param body what came after the headers
     */
    public record Reply(int status, String body) {}

    /** The sockets of the user's servers. */
    public static List<Path> servers(Map<String, String> environment) throws IOException {
        return ControlSocket.found(environment);
    }

    /** Where {@link #servers} looks. */
    public static Path directory(Map<String, String> environment) throws IOException {
        return ControlSocket.directory(environment);
    }

    /**
     * Sends a request and reads all of the answer.
     *
     * @throws IOException with a sentence for the operator when no server answers there
     */
    public Reply ask(String method, String path) throws IOException {
        return ask(method, path, PATIENCE);
    }

    /** The same, for what takes its time. */
    public Reply ask(String method, String path, Duration patience) throws IOException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                var _ = Deadline.start(channel, patience)) {
            var request = method + " " + path + " HTTP/1.0\r\nHost: localhost\r\n"
                    + (method.equals("POST") ? "Content-Length: 0\r\n" : "") + "\r\n";
            Channels.newOutputStream(channel).write(request.getBytes(StandardCharsets.US_ASCII));
            var text = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            int body = text.indexOf("\r\n\r\n");
            if (!text.startsWith("HTTP/1.1 ") || body < 0) {
                throw new IOException("it does not speak HTTP");
            }
            return new Reply(Integer.parseInt(text.substring(9, 12)), text.substring(body + 4));
        } catch (AsynchronousCloseException e) {
            throw new IOException(
                    "asking the server at %s: no answer in %d s. Its processes may be stopped (kill -CONT lets them go on), or the machine is too busy."
                            .formatted(socket, patience.toSeconds()),
                    e);
        } catch (IOException e) {
            throw new IOException(
                    "asking the server at %s: %s. Does it run? Its log says which control socket it has."
                            .formatted(socket, e.getMessage()),
                    e);
        }
    }

    /** Closes a channel when it is too late; channels of Unix sockets have no time-out. */
    private record Deadline(Thread thread) implements AutoCloseable {

        static Deadline start(SocketChannel channel, Duration patience) {
            return new Deadline(Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(patience);
                    channel.close();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt(); // in time
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
