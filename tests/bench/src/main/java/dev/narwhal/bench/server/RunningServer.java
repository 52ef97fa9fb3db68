package dev.narwhal.bench.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * A server that accepts requests.
 *
 * @param port on 127.0.0.1
 */
public record RunningServer(Contender contender, int port, long pid) {

    private static final Duration START = Duration.ofSeconds(90);
    private static final Pattern SERVING = Pattern.compile("serving .* at http://127\\.0\\.0\\.1:([0-9]+)/");

    /**
     * Waits until the server serves.
     *
     * @param process just started, with both outputs as one; whoever started it ends it
     * @param log where its output goes
     */
    public static RunningServer await(Contender contender, Process process, Path log) throws IOException {
        var port = new CompletableFuture<Integer>();
        Thread.ofPlatform().daemon().name("log of " + contender.name()).start(() -> copy(process, log, port));
        try {
            return new RunningServer(contender, port.get(START.toMillis(), TimeUnit.MILLISECONDS), process.pid());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("starting " + contender.name() + ": interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException("starting " + contender.name() + ": it ended. See " + log, e);
        } catch (TimeoutException e) {
            throw new IOException(
                    "starting " + contender.name() + ": not serving after " + START.toSeconds() + " s. See " + log, e);
        }
    }

    private static void copy(Process process, Path log, CompletableFuture<Integer> port) {
        try (var lines = process.inputReader(StandardCharsets.UTF_8);
                var out = new PrintWriter(Files.newBufferedWriter(log), true)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                out.println(line);
                var serving = SERVING.matcher(line);
                if (serving.find()) {
                    port.complete(Integer.valueOf(serving.group(1)));
                }
            }
        } catch (IOException e) {
            port.completeExceptionally(new UncheckedIOException(e));
        }
        port.completeExceptionally(new IllegalStateException("end of output"));
    }
}
