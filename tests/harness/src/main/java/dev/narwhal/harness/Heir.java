package dev.narwhal.harness;

import java.time.Duration;
import java.util.List;

/** The master that has taken a server's place: no child of the tests, which can read its log no longer than the one before it lives. */
public record Heir(long pid) implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** Upgrades a server and returns when the old master has left. */
    public static Heir of(RunningNarwhal narwhal) {
        narwhal.signal("USR2");
        var heir = new Heir(
                Long.parseLong(narwhal.awaitLog(LogLines.UPGRADED, LIMIT).group(1)));
        narwhal.awaitExit(LIMIT);
        return heir;
    }

    /** The pids of its workers. */
    public List<Long> workers() {
        return Processes.children(pid).stream().filter(Processes::isWorker).toList();
    }

    /** Ends it. */
    @Override
    public void close() {
        Processes.signal(pid, "TERM");
        Await.until("the end of the new master", LIMIT, () -> !Processes.isAlive(pid));
    }
}
