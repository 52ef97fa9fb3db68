package dev.narwhal.master.control;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Asks a server over its control socket: one request a connection, as {@code curl --unix-socket} would. In HTTP/1.0, where the answer is what comes
 * until the connection ends. The JDK's client knows TCP only.
 */
public final class ControlClient {

    /** What is ordered is answered at once, and done afterwards; so nobody has to wait for long. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})\\b");

    private static final int MOST_SHOWN = 80;

    private final Path socket;
    private final Gson gson = new Gson();

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
            var status = STATUS.matcher(text);
            if (!status.lookingAt() || body < 0) {
                throw new IOException("it does not speak HTTP");
            }
            return new Reply(Integer.parseInt(status.group(1)), text.substring(body + 4));
        } catch (AsynchronousCloseException e) {
            throw new IOException(
                    "asking the server at %s: no answer in %d s. Its processes may be stopped (kill -CONT lets them go on), or the machine is too busy."
                            .formatted(socket, patience.toSeconds()),
                    e);
        } catch (IOException e) {
            throw new IOException(
                    "asking the server at %s: %s. Does it run? Its log says which control socket it has."
                            .formatted(socket, reason(e)),
                    e);
        }
    }

    /**
     * An answer of JSON, read.
     *
     * @throws IOException with a sentence for the operator when it is none of Narwhal's
     */
    public <T> T read(Reply reply, TypeToken<T> type) throws IOException {
        try {
            var read = gson.fromJson(reply.body(), type);
            if (read != null) {
                return read;
            }
        } catch (RuntimeException _) { // no JSON, or not what records take
        }
        var begin = reply.body().lines().findFirst().orElse("");
        throw new IOException(
                "asking the server at %s: it is none of Narwhal's, it answers '%s'. Name another --socket."
                        .formatted(
                                socket, begin.length() > MOST_SHOWN ? begin.substring(0, MOST_SHOWN) + "..." : begin));
    }

    /** The same for what {@code GET} of a path gives. */
    public <T> T read(String path, Class<T> type) throws IOException {
        return read(ask("GET", path), TypeToken.get(type));
    }

    private String reason(IOException failure) {
        if (Files.isDirectory(socket)) {
            return "it is a directory";
        }
        return Files.isRegularFile(socket) ? "it is a file and no socket" : String.valueOf(failure.getMessage());
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
