package dev.narwhal.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One run: a loop on one selector. Used once. */
final class Load implements AutoCloseable {

    private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);
    /** From here on something is broken, and the figures would say nothing. */
    private static final int MOST_ERRORS = 100;

    private final Run run;
    private final Selector selector;
    private final InetSocketAddress address;
    private final ByteBuffer request;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(16 * 1024);
    private final byte[] bytes = new byte[buffer.capacity()];
    private final LatencyHistogram latencies = new LatencyHistogram();
    private boolean sending = true;
    private long answers;
    private long errors;
    private String error = "";
    private long reopened;

    private Load(Run run) throws IOException {
        this.run = run;
        this.selector = Selector.open();
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), run.port());
        var head = "GET " + run.path() + " HTTP/1.1\r\nHost: " + run.host() + ":" + run.port() + "\r\n\r\n";
        var ascii = head.getBytes(StandardCharsets.US_ASCII);
        this.request = ByteBuffer.allocateDirect(ascii.length).put(ascii).flip();
    }

    /** Fails if the server cannot be reached, or answers wrongly all the time. */
    static Sample measure(Run run) throws IOException {
        try (var load = new Load(run)) {
            return load.measure();
        }
    }

    private Sample measure() throws IOException {
        var server = ProcessTree.of(run.pid());
        var client = ProcessTree.of(ProcessHandle.current().pid());
        for (int i = 0; i < run.connections(); i++) {
            ClientConnection.open(selector, address, request);
        }
        loopUntil(System.nanoTime() + Duration.ofMillis(run.settleMillis()).toNanos());

        latencies.clear();
        answers = 0;
        long serverCpu = server.cpuNanos();
        long clientCpu = client.cpuNanos();
        long begin = System.nanoTime();
        loopUntil(begin + Duration.ofMillis(run.measureMillis()).toNanos());
        long nanos = System.nanoTime() - begin;
        long measured = answers;
        serverCpu = server.cpuNanos() - serverCpu;
        clientCpu = client.cpuNanos() - clientCpu;
        long p50 = latencies.quantile(0.5);
        long p99 = latencies.quantile(0.99);
        long max = latencies.max();

        awaitLastAnswers();
        return new Sample(measured, nanos, errors, error, reopened, p50, p99, max, serverCpu, clientCpu);
    }

    private void loopUntil(long deadline) throws IOException {
        for (long left = deadline - System.nanoTime(); left > 0; left = deadline - System.nanoTime()) {
            selector.select(this::ready, Math.max(1, left / 1_000_000));
            if (errors > MOST_ERRORS) {
                throw new IOException("more than " + MOST_ERRORS + " errors; the first: " + error);
            }
        }
    }

    /** So that the server does not meet closed connections while it is idle. */
    private void awaitLastAnswers() throws IOException {
        sending = false;
        long deadline = System.nanoTime() + LAST_ANSWERS.toNanos();
        while (connections().stream().anyMatch(ClientConnection::awaiting) && deadline - System.nanoTime() > 0) {
            selector.select(this::ready, 10);
        }
        connections().stream()
                .filter(ClientConnection::awaiting)
                .forEach(_ -> fail("no answer within " + LAST_ANSWERS.toSeconds() + " s"));
    }

    private void ready(SelectionKey key) {
        var connection = (ClientConnection) key.attachment();
        try {
            if (key.isReadable()) {
                if (connection.read(buffer, bytes)) {
                    answered(connection);
                }
            } else if (key.isWritable()) {
                connection.write();
            } else if (key.isConnectable() && connection.connect() && sending) {
                connection.send(System.nanoTime());
            }
        } catch (IOException e) {
            fail(e.toString());
            replace(connection);
        }
    }

    private void answered(ClientConnection connection) throws IOException {
        long now = System.nanoTime();
        var answer = connection.answer();
        if (answer.status() == 200 && answer.bodyLength() == run.bodyLength()) {
            answers++;
            latencies.record(now - connection.sentAt());
        } else {
            fail("an answer with status " + answer.status() + " and a body of " + answer.bodyLength() + " bytes");
        }
        if (answer.closing()) {
            reopened++;
            replace(connection);
        } else if (sending) {
            connection.send(now);
        }
    }

    private void fail(String what) {
        if (errors++ == 0) {
            error = what;
        }
    }

    private void replace(ClientConnection connection) {
        connection.close();
        if (sending) {
            try {
                ClientConnection.open(selector, address, request);
            } catch (IOException e) {
                fail(e.toString());
            }
        }
    }

    private List<ClientConnection> connections() {
        var connections = new ArrayList<ClientConnection>();
        for (var key : selector.keys()) {
            if (key.isValid() && key.attachment() instanceof ClientConnection connection) {
                connections.add(connection);
            }
        }
        return connections;
    }

    @Override
    public void close() throws IOException {
        connections().forEach(ClientConnection::close);
        selector.close();
    }
}
