package dev.narwhal.master.process;

import dev.narwhal.master.posix.NativeProcess;
import dev.narwhal.master.posix.Pipe;
import dev.narwhal.master.posix.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A started child as the master sees it.
 *
 * <p>Its lines and then its exit are handed over by one thread, in that order and without loss. The end of the report pipe is not what
 * tells the end of the lines, for a process that the child left behind may hold it open. Instead the master keeps the pipe's
 * write end too, and when the child is dead writes a mark after everything that the child wrote.
 */
public final class Child {

    private static final String MARK = "\0";

    private final NativeProcess process;
    private final Pipe report;
    private volatile boolean dead;

    Child(NativeProcess process, Pipe report) {
        this.process = process;
        this.report = report;
    }

    public Pid pid() {
        return new Pid(process.pid());
    }

    /**
     * Sends a signal.
     *
     * @return false when the child has been reaped already; then nothing was sent to anybody
     */
    public boolean signal(Signal signal) {
        try {
            return process.signal(signal);
        } catch (IOException e) {
            // Only for a child with other rights than ours, and none is started.
            throw new UncheckedIOException("sending SIG%s to pid %s".formatted(signal, pid()), e);
        }
    }

    /**
     * Begins to watch; called once for every child, or a zombie remains.
     *
     * @param lines gets each line of the child's report that is not empty, without its end; what it throws goes to the default
     *     handler of uncaught exceptions
     * @param exited gets how the child ended, once, after the last line; the child is reaped by then
     */
    public void watch(Consumer<String> lines, Consumer<ExitStatus> exited) {
        daemon("child-" + pid(), () -> follow(lines, exited));
        daemon("child-" + pid() + "-exit", this::awaitDeath);
    }

    private void follow(Consumer<String> lines, Consumer<ExitStatus> exited) {
        try (report;
                var reader = new BufferedReader(
                        new InputStreamReader(report.readEnd().inputStream(), StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                if (dead && line.equals(MARK)) {
                    break;
                }
                if (!line.isEmpty()) {
                    hand(line, lines);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading the reports of pid " + pid(), e);
        }
        exited.accept(reap());
    }

    /** A line that the master chokes on must not cost it the next ones, nor the exit. */
    private static void hand(String line, Consumer<String> lines) {
        try {
            lines.accept(line);
        } catch (RuntimeException e) {
            var thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    private void awaitDeath() {
        try {
            process.awaitDeath();
            dead = true;
            // The first line end closes a line that the child did not finish.
            report.writeEnd().write(("\n" + MARK + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("waiting for pid " + pid(), e);
        }
    }

    private ExitStatus reap() {
        try {
            return process.reap()
                    .map(ExitStatus::of)
                    .orElseThrow(() -> new IllegalStateException("reaping pid %s: it is not dead".formatted(pid())));
        } catch (IOException e) {
            throw new UncheckedIOException("reaping pid " + pid(), e);
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread.ofPlatform().daemon().name(name).start(task);
    }
}
