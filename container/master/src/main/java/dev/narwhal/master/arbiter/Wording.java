package dev.narwhal.master.arbiter;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.WorkerMessage;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.event.Level;

/** Every line that the arbiter logs: what was done to which worker, what was found, what happens next, and {@code key=value}. */
final class Wording {

    private Wording() {}

    static String worker(int index, Worker worker) {
        return "worker %d (pid %d)".formatted(index, worker.pid());
    }

    static String booting(int index, Worker worker) {
        return "%s boots generation=%d".formatted(worker(index, worker), worker.generation());
    }

    static String ready(int index, Worker worker, Moment now) {
        return "%s ready in %d ms generation=%d"
                .formatted(worker(index, worker), now.since(worker.spawnedAt()).toMillis(), worker.generation());
    }

    static String retiring(int index, Worker worker, String why, Duration drain) {
        return "draining %s: %s. It has %s generation=%d"
                .formatted(worker(index, worker), why, time(drain), worker.generation());
    }

    static String why(Turn turn, Worker worker) {
        int current = turn.rollout.current();
        if (!turn.running()) {
            return "the master is stopping";
        }
        if (worker.generation() < current) {
            return "generation " + current + " replaces it";
        }
        return turn.rollout.wants(worker.generation())
                ? "workers wanted are " + turn.target
                : "generation " + worker.generation() + " was refused";
    }

    static String drains(int index, Worker worker, WorkerMessage.Draining report) {
        return worker(index, worker) + " drains" + counts(report);
    }

    static String drainsUnasked(int index, Worker worker, WorkerMessage.Draining report) {
        return worker(index, worker) + " drains, which the master did not ask for. It is replaced" + counts(report);
    }

    private static String counts(WorkerMessage.Draining report) {
        return " in-flight=%d connections=%d".formatted(report.inFlight(), report.connections());
    }

    static String drained(int index, Slot.Draining draining, Exit exit, Moment now) {
        return "%s drained in %s and %s generation=%d"
                .formatted(
                        worker(index, draining.worker()),
                        time(now.since(draining.since())),
                        verb(exit),
                        draining.generation());
    }

    static String cutOff(int index, Slot.Draining draining, Moment now) {
        return "draining %s: not done after %s; sending KILL, which cuts off what is in flight generation=%d"
                .formatted(worker(index, draining.worker()), time(now.since(draining.since())), draining.generation());
    }

    static String hung(Turn turn, int index, Slot.Ready ready) {
        var silence = turn.settings.timeout().plus(turn.now.since(ready.beatBy()));
        return "%s sent no heartbeat for %s (limit %s); sending QUIT for a thread dump, then KILL in %s generation=%d"
                .formatted(
                        worker(index, ready.worker()),
                        time(silence),
                        time(turn.settings.timeout()),
                        time(Settings.DUMP),
                        ready.generation());
    }

    static String dumped(int index, Worker worker) {
        return "%s had %s to print its threads; sending KILL generation=%d"
                .formatted(worker(index, worker), time(Settings.DUMP), worker.generation());
    }

    static String bootTimeout(int index, Worker worker, Duration limit) {
        return "%s failed to boot within %s".formatted(worker(index, worker), time(limit));
    }

    static String survives(int index, Worker worker, Duration since) {
        return "killing %s: still there %s after KILL. Sending KILL again in %s; see /proc/%d/status generation=%d"
                .formatted(worker(index, worker), time(since), time(Settings.REAP), worker.pid(), worker.generation());
    }

    static String ended(int index, Worker worker, Exit exit) {
        return "%s %s generation=%d".formatted(worker(index, worker), verb(exit), worker.generation());
    }

    static String notSpawned(int index, String reason) {
        return "spawning worker " + index + ": " + reason;
    }

    static String failed(int index, Worker worker, String reason) {
        return worker(index, worker) + " failed: " + reason;
    }

    static String neverReady(int index, Worker worker, Exit exit) {
        return "%s %s before it was ready; its own output, above, may say why"
                .formatted(worker(index, worker), verb(exit) + meaning(exit));
    }

    static String bootDeath(Exit exit) {
        return verb(exit) + meaning(exit) + " before it was ready";
    }

    /** The master starts every worker with {@code -XX:+ExitOnOutOfMemoryError}, which exits with 3: a booted one has no other use of it. */
    static String readyDeath(Exit exit) {
        return exit.equals(new Exit.Code(3))
                ? "exited with code 3: out of memory (Java heap)"
                : verb(exit) + meaning(exit);
    }

    static String death(Turn turn, int index, Worker worker, String cause, Slot next) {
        return "%s %s. %s uptime=%ds generation=%d"
                .formatted(
                        worker(index, worker),
                        cause,
                        next(turn, next),
                        turn.now.since(worker.spawnedAt()).toSeconds(),
                        worker.generation());
    }

    /** What follows the loss of a worker whose slot is still counted, and will be {@code next}. */
    static String next(Turn turn, Slot next) {
        if (next instanceof Slot.Backoff backoff && turn.rollout.wants(backoff.generation())) {
            return "Spawning another in %s (%d died young in a row)"
                    .formatted(time(backoff.until().since(turn.now)), backoff.deaths());
        }
        return turn.seats() <= turn.target ? "Spawning another at once" : "Enough others are there";
    }

    static String notStarted(String reason, ExitCode code) {
        return "starting: %s. Stopping exit-code=%d".formatted(reason, code.status());
    }

    static String refused(String reason, int generation, int current) {
        return "reloading: refused, %s. Generation %d goes on serving generation=%d"
                .formatted(reason, current, generation);
    }

    static String proved(int current, int next) {
        return "reloading: generation %d is ready and replaces the workers of generation %d one after the other"
                .formatted(next, current);
    }

    static String reloaded(Turn turn, int generation) {
        return "reloaded: all workers are of generation %d workers=%d".formatted(generation, turn.target);
    }

    static String aimed(MasterSignal signal, int before, int after) {
        return before == after
                ? "%s: workers wanted stay %d".formatted(signal, after)
                : "%s: workers wanted were %d, are %d".formatted(signal, before, after);
    }

    static String stopping(Turn turn, boolean quick) {
        return "stopping: workers have %s to finish, then KILL workers=%d"
                .formatted(
                        time(quick ? Settings.QUICK : turn.settings.gracefulTimeout()),
                        turn.count(Slot.Alive.class::isInstance));
    }

    static void detail(Turn turn, String detail) {
        if (!detail.isEmpty()) {
            turn.log(Level.DEBUG, detail);
        }
    }

    private static String verb(Exit exit) {
        return switch (exit) {
            case Exit.Code(int status) -> "exited with code " + status;
            case Exit.Signal(int number, var _) -> "was ended by signal " + number + " (" + name(number) + ")";
        };
    }

    private static String meaning(Exit exit) {
        return switch (exit) {
            case Exit.Code(int status)
            when exit.fromOutside() -> ": sent " + name(status - 128) + " by somebody else than the master";
            case Exit.Code(int status) when status == 0 -> ", which the master did not ask for";
            case Exit.Code(int status) when status == 3 -> ": it could not boot, or ran out of memory (Java heap)";
            case Exit.Code(int status) when status == 1 -> ": the JVM could not start, or a defect of Narwhal";
            case Exit.Code(int status) ->
                ExitCode.of(status).map(code -> ": " + code.meaning()).orElse("");
            case Exit.Signal(var _, boolean oomKilled) when oomKilled -> ": out of memory (the kernel's limit)";
            case Exit.Signal(int number, var _) when number == 9 -> ", which the master did not send: out of memory?";
            case Exit.Signal(int number, var _)
            when number == 6 || number == 7 || number == 11 -> ": the JVM crashed and may have left an hs_err file";
            case Exit.Signal _ -> "";
        };
    }

    /** The numbers are Linux's, the same on all of Java's processors. */
    private static String name(int signal) {
        return switch (signal) {
            case 1 -> "HUP";
            case 2 -> "INT";
            case 3 -> "QUIT";
            case 4 -> "ILL";
            case 5 -> "TRAP";
            case 6 -> "ABRT";
            case 7 -> "BUS";
            case 8 -> "FPE";
            case 9 -> "KILL";
            case 10 -> "USR1";
            case 11 -> "SEGV";
            case 12 -> "USR2";
            case 13 -> "PIPE";
            case 14 -> "ALRM";
            case 15 -> "TERM";
            case 24 -> "XCPU";
            case 25 -> "XFSZ";
            case 31 -> "SYS";
            default -> "unnamed";
        };
    }

    /** {@code 412 ms}, {@code 2.5 s}, {@code 30 s}. */
    static String time(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        return millis % 1000 < 50 || millis >= 100_000
                ? millis / 1000 + " s"
                : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
