package dev.narwhal.bench;

import dev.narwhal.bench.server.Setup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The processes that the bench has started. They end with it, also when it is interrupted. */
final class Children implements AutoCloseable {

    private static final Duration END = Duration.ofSeconds(20);

    private final Path directory;
    private final List<Process> processes = new ArrayList<>();

    /**
     * @param directory where they run; nothing there configures them
     */
    Children(Path directory) {
        this.directory = directory;
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::close));
    }

    /** Starts one whose output is read by the caller, errors included. */
    Process start(List<String> command) throws IOException {
        return start(new ProcessBuilder(command).redirectErrorStream(true));
    }

    /** Starts one whose errors go where ours go. */
    Process startTool(List<String> command) throws IOException {
        return start(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT));
    }

    private synchronized Process start(ProcessBuilder builder) throws IOException {
        builder.directory(directory.toFile());
        builder.environment().put("NARWHAL_JAVA_HOME", Setup.JAVA_HOME.toString());
        var process = builder.start();
        processes.add(process);
        return process;
    }

    @Override
    public synchronized void close() {
        processes.forEach(Process::destroy);
        long deadline = System.nanoTime() + END.toNanos();
        for (var process : processes) {
            if (!ended(process, deadline - System.nanoTime())) {
                process.destroyForcibly();
            }
        }
        processes.clear();
    }

    private static boolean ended(Process process, long nanos) {
        try {
            return process.waitFor(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
