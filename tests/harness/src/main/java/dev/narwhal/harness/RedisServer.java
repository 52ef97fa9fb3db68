package dev.narwhal.harness;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A Redis of a test's own, on a free loopback port, which keeps nothing on disk; its password is {@value #PASSWORD}. */
public final class RedisServer implements AutoCloseable {

    public static final String PASSWORD = "open-sesame";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Of every cluster. */
    private static final int SLOTS = 16384;

    private final List<String> command;
    private final Path log;
    private final int port;
    private Process process;

    private RedisServer(List<String> command, Path log, int port) {
        this.command = command;
        this.log = log;
        this.port = port;
        this.process = launch();
    }

    /**
     * Starts one.
     *
     * @param directory for its log
     * @param more of Redis's options
     */
    public static RedisServer start(Path directory, String... more) {
        int port = freePort();
        var command = new ArrayList<>(List.of("--port", Integer.toString(port)));
        command.addAll(List.of(more));
        return start(directory, port, command);
    }

    /**
     * Starts one that speaks TLS alone.
     *
     * @param directory for its log, key and certificate
     */
    public static RedisServer startWithTls(Path directory, Authority.Identity identity, Path authorities) {
        int port = freePort();
        var certificate =
                identity.writeCertificate(directory.resolve("redis.pem")).toString();
        var key = identity.writeKey(directory.resolve("redis.key")).toString();
        var command = new ArrayList<>(List.of("--port", "0", "--tls-port", Integer.toString(port)));
        command.addAll(List.of("--tls-cert-file", certificate, "--tls-key-file", key));
        command.addAll(List.of("--tls-ca-cert-file", authorities.toString(), "--tls-auth-clients", "no"));
        return start(directory, port, command);
    }

    /** Starts a replica of another and returns when it has what that one has. */
    public static RedisServer startReplica(Path directory, RedisServer main) {
        var replica = start(directory, "--replicaof", "127.0.0.1 " + main.port);
        Await.until("the replica", LIMIT, () -> replica.says("master_link_status:up", "INFO", "replication"));
        return replica;
    }

    /** Starts a cluster whose nodes have as many slots each. */
    public static List<RedisServer> startCluster(Path directory, int nodes) {
        var servers = new ArrayList<RedisServer>();
        for (int i = 0; i < nodes; i++) {
            int port = freePort();
            var bus = Integer.toString(freePort());
            var command = new ArrayList<>(List.of("--port", Integer.toString(port), "--cluster-enabled", "yes"));
            command.addAll(List.of("--cluster-port", bus, "--cluster-announce-ip", "127.0.0.1"));
            command.addAll(List.of("--cluster-config-file", "nodes-" + port + ".conf"));
            var server = start(directory, port, command);
            servers.forEach(other -> other.command("CLUSTER", "MEET", "127.0.0.1", Integer.toString(port), bus));
            servers.add(server);
            var first = Integer.toString(SLOTS * i / nodes);
            server.command("CLUSTER", "ADDSLOTSRANGE", first, Integer.toString(SLOTS * (i + 1) / nodes - 1));
        }
        Await.until(
                "the cluster",
                LIMIT,
                () -> servers.stream()
                        .allMatch(server -> server.says("cluster_state:ok", "CLUSTER", "INFO")
                                && server.says("cluster_known_nodes:" + nodes, "CLUSTER", "INFO")));
        return servers;
    }

    private boolean says(String text, String... command) {
        return command(command) instanceof byte[] said && new String(said, StandardCharsets.UTF_8).contains(text);
    }

    /** Starts a sentinel without a password that calls a server {@code main}. */
    public static RedisServer startSentinel(Path directory, RedisServer main) {
        int port = freePort();
        var file = directory.resolve("sentinel-" + port + ".conf");
        try {
            Files.writeString(file, """
                    bind 127.0.0.1
                    port %d
                    sentinel monitor main 127.0.0.1 %d 1
                    sentinel auth-pass main %s
                    sentinel down-after-milliseconds main 500
                    sentinel failover-timeout main 5000
                    """.formatted(port, main.port, PASSWORD));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var command = List.of("redis-server", file.toString(), "--sentinel", "--dir", directory.toString());
        return new RedisServer(command, directory.resolve("redis-" + port + ".log"), port);
    }

    private static RedisServer start(Path directory, int port, List<String> options) {
        var command = new ArrayList<>(List.of("redis-server", "--bind", "127.0.0.1", "--dir", directory.toString()));
        command.addAll(List.of("--save", "", "--requirepass", PASSWORD, "--masterauth", PASSWORD));
        command.addAll(options);
        return new RedisServer(command, directory.resolve("redis-" + port + ".log"), port);
    }

    /** A port that was free a moment ago. */
    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() {
        Process launched;
        try {
            launched = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "starting redis-server: %s. Install it (apt-get install redis-server).".formatted(e.getMessage()),
                    e);
        }
        Await.until("an answer of redis-server", LIMIT, () -> {
            if (!launched.isAlive()) {
                throw new IllegalStateException("redis-server ended: " + said());
            }
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return true;
            } catch (IOException e) {
                return false;
            }
        });
        return launched;
    }

    private String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    public int port() {
        return port;
    }

    /** What it says. */
    public Path log() {
        return log;
    }

    /** For {@code --sessions}. */
    public String url() {
        return "redis://:" + PASSWORD + "@127.0.0.1:" + port;
    }

    public void signal(String name) {
        Processes.signal(process.pid(), name);
    }

    /** Ends it in order; it keeps what its options have it keep. */
    public void shutDown() {
        process.destroy();
        process.onExit().join();
    }

    /** Ends it, and what it had with it. */
    public void stop() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Starts it again, on the same port. */
    public void restart() {
        process = launch();
    }

    @Override
    public void close() {
        stop();
    }

    // ---- asking it

    /** The answer to a command: a {@link Long}, bytes, a list of these or null. */
    public @Nullable Object command(String... words) {
        var bytes = Arrays.stream(words)
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList();
        try (var connection = new Connection(port)) {
            return connection.ask(bytes);
        }
    }

    /** The names of the keys that fit a pattern, with the seconds that each has left; -1 for no limit. */
    public Map<String, Long> ttls(String pattern) {
        var ttls = new TreeMap<String, Long>();
        keys(pattern).forEach(key -> ttls.put(key, command("TTL", key) instanceof Long ttl ? ttl : Long.MIN_VALUE));
        return ttls;
    }

    /** What keys that fit a pattern have, in Redis's own form. */
    public Map<String, byte[]> dump(String pattern) {
        var dump = new HashMap<String, byte[]>();
        keys(pattern)
                .forEach(key -> dump.put(
                        key, (byte[]) Optional.ofNullable(command("DUMP", key)).orElseThrow()));
        return dump;
    }

    /** Makes keys that fit a pattern what they were: nothing but what was dumped. */
    public void restore(String pattern, Map<String, byte[]> dump) {
        keys(pattern).forEach(key -> command("DEL", key));
        try (var connection = new Connection(port)) {
            dump.forEach((key, bytes) -> connection.ask(List.of(
                    "RESTORE".getBytes(StandardCharsets.UTF_8),
                    key.getBytes(StandardCharsets.UTF_8),
                    "0".getBytes(StandardCharsets.UTF_8),
                    bytes)));
        }
    }

    private List<String> keys(String pattern) {
        return command("KEYS", pattern) instanceof List<?> keys
                ? keys.stream()
                        .map(key -> new String((byte[]) key, StandardCharsets.UTF_8))
                        .toList()
                : List.of();
    }

    /** Speaks RESP2: arrays of bulk strings there, one of five kinds of reply back. */
    private static final class Connection implements AutoCloseable {

        private final Socket socket;
        private final InputStream in;

        private Connection(int port) {
            try {
                socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.setSoTimeout(Math.toIntExact(LIMIT.toMillis()));
                in = new BufferedInputStream(socket.getInputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            ask(List.of("AUTH".getBytes(StandardCharsets.UTF_8), PASSWORD.getBytes(StandardCharsets.UTF_8)));
        }

        private @Nullable Object ask(List<byte[]> words) {
            try {
                var out = socket.getOutputStream();
                out.write(ascii("*" + words.size() + "\r\n"));
                for (var word : words) {
                    out.write(ascii("$" + word.length + "\r\n"));
                    out.write(word);
                    out.write(ascii("\r\n"));
                }
                out.flush();
                return reply();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static byte[] ascii(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }

        private @Nullable Object reply() throws IOException {
            int kind = in.read();
            var line = line();
            return switch (kind) {
                case '+' -> line;
                case ':' -> Long.valueOf(line);
                case '$' -> bulk(Integer.parseInt(line));
                case '*' -> {
                    var list = new ArrayList<@Nullable Object>();
                    for (int i = 0; i < Integer.parseInt(line); i++) {
                        list.add(reply());
                    }
                    yield list;
                }
                default -> throw new IOException("redis-server said " + line);
            };
        }

        private byte @Nullable [] bulk(int length) throws IOException {
            if (length < 0) {
                return null;
            }
            var bytes = in.readNBytes(length);
            in.skipNBytes(2);
            return bytes;
        }

        private String line() throws IOException {
            var line = new StringBuilder();
            for (int next = in.read(); next != '\r'; next = in.read()) {
                if (next < 0) {
                    throw new IOException("redis-server has gone");
                }
                line.append((char) next);
            }
            in.skipNBytes(1);
            return line.toString();
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
