package dev.narwhal.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server of the real distribution in a process of its own, seen from outside.
 *
 * <p>{@link #close()} stops it and fails when something is left: a process, a listening port, a temporary file.
 */
public final class RunningNarwhal implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final Duration REAP_LIMIT = Duration.ofSeconds(6);
    private static final int TAIL = 80;

    private final Launch launch;
    private final Path directory;
    private final Process master;
    private final Log log = new Log();
    private final Set<Long> seen = new LinkedHashSet<>();

    RunningNarwhal(Launch launch) {
        this.launch = launch;
        directory = launch.workingDirectory();
        try {
            master = launch.builder(directory).redirectErrorStream(true).start();
            master.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("starting narwhal " + String.join(" ", launch.arguments()), e);
        }
        log.follow(master.getInputStream(), "narwhal " + master.pid());
    }

    /** {@code narwhal run} with these arguments, on a free port unless they bind one. Returns at once. */
    public static RunningNarwhal start(Object... arguments) {
        return Launch.run(arguments).start();
    }

    /** Returns once the server has printed the URL to open. */
    public RunningNarwhal awaitReady() {
        awaitLog(LogLines.SERVING, START_LIMIT);
        workers();
        return this;
    }

    public Log log() {
        return log;
    }

    public MatchResult awaitLog(Pattern pattern) {
        return awaitLog(pattern, START_LIMIT);
    }

    public MatchResult awaitLog(Pattern pattern, Duration limit) {
        return log.await(pattern, limit);
    }

    /** The port of the first listener, as logged. */
    public int port() {
        return Integer.parseInt(awaitLog(LogLines.LISTENING, START_LIMIT).group(2));
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /** The working directory of the server. */
    public Path directory() {
        return directory;
    }

    public long masterPid() {
        return master.pid();
    }

    public boolean isAlive() {
        return master.isAlive();
    }

    /** The pids of the worker processes that are alive now. */
    public List<Long> workers() {
        var workers = Processes.children(master.pid()).stream()
                .filter(Processes::isWorker)
                .toList();
        synchronized (seen) {
            seen.addAll(workers);
        }
        return workers;
    }

    /** The pids of workers that have said they are ready and are alive now. */
    public List<Long> readyWorkers() {
        return log.all(LogLines.READY).stream()
                .map(ready -> Long.valueOf(ready.group(2)))
                .filter(workers()::contains)
                .toList();
    }

    public List<Long> awaitWorkers(int count, Duration limit) {
        Await.until(
                count + " ready workers and no other",
                limit,
                () -> readyWorkers().size() == count && workers().size() == count);
        return readyWorkers();
    }

    /** Sends a signal to the master. */
    public void signal(String name) {
        workers();
        Processes.signal(master.pid(), name);
    }

    public void signal(long pid, String name) {
        workers();
        Processes.signal(pid, name);
    }

    public void kill9(long pid) {
        signal(pid, "KILL");
    }

    /** Sends TERM and waits for the end. */
    public int stop() {
        if (master.isAlive()) {
            signal("TERM");
        }
        return awaitExit(STOP_LIMIT);
    }

    /** The exit code, 128 + N when signal N ended the master. */
    public int awaitExit(Duration limit) {
        try {
            if (!master.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("waiting for the master (pid " + master.pid() + ") to end: still there after "
                        + limit.toSeconds() + " s");
            }
            return master.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the master", e);
        }
    }

    /** Every process that was seen below the master, or said it was ready, and is alive. */
    public List<Long> survivors() {
        log.all(LogLines.READY).forEach(ready -> {
            synchronized (seen) {
                seen.add(Long.valueOf(ready.group(2)));
            }
        });
        synchronized (seen) {
            return seen.stream().filter(Processes::isWorker).toList();
        }
    }

    @Override
    public void close() {
        var problems = new ArrayList<String>();
        try {
            stop();
        } catch (AssertionError e) {
            problems.add(e.getMessage());
        }
        master.destroyForcibly();
        try {
            Await.until("the end of all workers", REAP_LIMIT, () -> survivors().isEmpty());
        } catch (AssertionError e) {
            problems.add("processes left: " + survivors());
            survivors().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
        try {
            // A killed process is no longer one a moment before the kernel has closed all that it had open.
            Await.until(
                    "the end of all listeners", REAP_LIMIT, () -> portsLeft().isEmpty());
        } catch (AssertionError e) {
            problems.add("ports left: " + portsLeft());
        }
        problems.addAll(filesLeft());
        if (!problems.isEmpty()) {
            throw new AssertionError("closing " + this + ": " + String.join("; ", problems) + "\n" + tail());
        }
    }

    private List<Integer> portsLeft() {
        return log.all(LogLines.LISTENING).stream()
                .map(line -> Integer.valueOf(line.group(2)))
                .filter(port -> AcceptQueue.length(port).isPresent())
                .toList();
    }

    private List<String> filesLeft() {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().matches(".*(\\.pid|\\.sock|\\.tmp|hs_err_pid.*|/core(\\..*)?)"))
                    .map(file -> "file left: " + file)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("looking for files that are left in " + directory, e);
        }
    }

    private String tail() {
        var lines = log.lines();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }

    @Override
    public String toString() {
        return "narwhal " + String.join(" ", launch.arguments()) + " (pid " + master.pid() + ")";
    }
}
