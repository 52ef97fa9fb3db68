package dev.narwhal.master.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks into the JVM of a worker, by the JDK's {@code jcmd}. Waits for it, so not for the arbiter's thread. */
final class Jcmd {

    private static final Duration MOST = Duration.ofMinutes(2);

    private Jcmd() {}

    /** All threads, also those that are virtual, with what they do. */
    static Answer threads(int pid) {
        Path file = null;
        try {
            file = Files.createTempFile("narwhal-threads", ".txt");
            var told = run(pid, "Thread.dump_to_file", "-overwrite", file.toString());
            return told.status() == 200 ? Answer.text(200, Files.readString(file)) : told;
        } catch (IOException e) {
            return Answer.error(500, "dumping the threads of pid " + pid + ": " + e);
        } finally {
            delete(file);
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException _) {
            // it is in the directory for what is temporary
        }
    }

    /** The heap as a file of its own format, as memory analyzers read it. */
    static Answer heap(int pid, Path file) {
        var told = run(pid, "GC.heap_dump", file.toString());
        return told.status() == 200 && Files.exists(file) ? written(file) : told;
    }

    /** Starts a flight recording, which the worker ends and writes by itself. */
    static Answer record(int pid, Path file, Duration duration) {
        var told = run(pid, "JFR.start", "duration=" + duration.toSeconds() + "s", "filename=" + file);
        return told.status() == 200 && told.body().contains("Started recording") ? written(file) : told;
    }

    private static Answer written(Path file) {
        return Answer.json(Map.of("file", file.toString()));
    }

    private static Answer run(int pid, String... words) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        command.add(Integer.toString(pid));
        command.addAll(List.of(words));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            // Read by another thread: a JVM that stands still answers nobody.
            var output = new CompletableFuture<String>();
            Thread.ofVirtual().start(() -> {
                try {
                    output.complete(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                } catch (IOException e) {
                    output.completeExceptionally(e);
                }
            });
            if (!process.waitFor(MOST.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Answer.error(
                        504,
                        "asking pid %d: no answer in %d s. Its JVM stands still.".formatted(pid, MOST.toSeconds()));
            }
            var text = output.join();
            return process.exitValue() == 0
                    ? Answer.text(200, text)
                    : Answer.error(500, "asking pid " + pid + ": " + text.strip());
        } catch (IOException e) {
            return Answer.error(
                    500, "running %s: %s. It is part of a JDK.".formatted(command.getFirst(), e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.error(500, "asking pid " + pid + ": interrupted");
        }
    }
}
