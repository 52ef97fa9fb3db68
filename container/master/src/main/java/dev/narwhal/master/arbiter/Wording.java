package dev.narwhal.master.arbiter;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.WorkerMessage;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.event.Level;

/** Every line that the arbiter logs: what was done to which worker, what was found, what happens next, and {@code key=value}. */
final class Wording {

    private static final int MIB_BITS = 20;

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

    static String pausing(int index, Worker worker) {
        return "pausing %s: it waits for a rollback generation=%d"
                .formatted(worker(index, worker), worker.generation());
    }

    static String resuming(int index, Worker worker) {
        return "resuming %s generation=%d".formatted(worker(index, worker), worker.generation());
    }

    static String hungPaused(int index, Worker worker) {
        return "%s, which waited for a rollback, is silent. Sending KILL generation=%d"
                .formatted(worker(index, worker), worker.generation());
    }

    static String watching(int next, Canary.Rules rules) {
        return "reloading: the first worker of generation %d is ready and is watched for %s before it replaces others"
                .formatted(next, time(rules.window()));
    }

    static String watched(int next, long requests, boolean enough) {
        return "reloading: the first worker of generation %d has %s requests=%d"
                .formatted(
                        next,
                        enough ? "proved itself" : "had too few requests to be judged, and is taken for good",
                        requests);
    }

    static String rollingBack(int from, int to) {
        return "rolling back: the workers of generation %d serve again, those of generation %d end".formatted(to, from);
    }

    static String rolledBack(Turn turn, int generation) {
        return "rolled back: all workers are of generation %d workers=%d".formatted(generation, turn.target);
    }

    static String worn(int index, Worker worker, String reason) {
        return "%s is to be replaced: it %s generation=%d"
                .formatted(worker(index, worker), reason, worker.generation());
    }

    static String stuck(int index, Worker worker, String reason) {
        return "%s is to be replaced: it %s. Sending QUIT for a thread dump generation=%d"
                .formatted(worker(index, worker), reason, worker.generation());
    }

    static String excess(int index, Worker worker, String reason) {
        return "%s %s, which is too much. Sending KILL generation=%d"
                .formatted(worker(index, worker), reason, worker.generation());
    }

    static String killing(int index, Worker worker) {
        return "killing %s, as an operator asked; what it has in flight is lost generation=%d"
                .formatted(worker(index, worker), worker.generation());
    }

    static String why(Turn turn, Slot.Alive alive) {
        var worker = alive.worker();
        int current = turn.rollout.current();
        if (!turn.running()) {
            return "the master is stopping";
        }
        if (worker.generation() < current
                || (turn.rollout instanceof Rollout.Replacing && worker.generation() != current)) {
            return "generation " + current + " replaces it";
        }
        if (alive instanceof Slot.Ready ready && ready.worn().isPresent()) {
            return "it " + ready.worn().get();
        }
        return turn.rollout.wants(worker.generation())
                ? "workers wanted: " + turn.target
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
                        Cause.what(exit),
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
        return "%s %s generation=%d".formatted(worker(index, worker), Cause.what(exit), worker.generation());
    }

    static String notSpawned(int index, String reason) {
        return "spawning worker " + index + ": " + reason;
    }

    static String failed(int index, Worker worker, String reason) {
        return worker(index, worker) + " failed: " + reason;
    }

    static String neverReady(int index, Worker worker, Exit exit) {
        return "%s %s before it was ready; its own output, above, may say why"
                .formatted(worker(index, worker), Cause.booting(exit));
    }

    static String death(Turn turn, int index, Worker worker, String cause, Slot next) {
        return "%s %s%s %s uptime=%ds generation=%d"
                .formatted(
                        worker(index, worker),
                        cause,
                        cause.endsWith("?") ? "" : ".",
                        next(turn, next),
                        turn.now.since(worker.spawnedAt()).toSeconds(),
                        worker.generation());
    }

    /** What follows the loss of a worker whose slot is still counted, and will be {@code next}. */
    static String next(Turn turn, Slot next) {
        if (next instanceof Slot.Backoff backoff && turn.rollout.wants(backoff.generation())) {
            return "Spawning another in %s (%d died young in a row%s)"
                    .formatted(
                            time(backoff.until().since(turn.now)),
                            backoff.deaths(),
                            backoff.crashLoop() ? ": a crash loop" : "");
        }
        return turn.seats() <= turn.target ? "Spawning another at once" : "Enough others are there";
    }

    static String notStarted(String reason, ExitCode code) {
        return "starting: %s Stopping exit-code=%d".formatted(sentence(reason), code.status());
    }

    static String refused(String reason, int generation, int current) {
        return "reloading: refused, %s Generation %d goes on serving generation=%d"
                .formatted(sentence(reason), current, generation);
    }

    /** Some reasons end with what to do, and its full stop. */
    private static String sentence(String reason) {
        return reason.endsWith(".") ? reason : reason + ".";
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
                ? "%s: workers wanted: still %d".formatted(signal, after)
                : "%s: workers wanted: %d, before %d".formatted(signal, after, before);
    }

    static String bequeathed(int before, int after) {
        return "taking over: the master before was told of another number of workers: workers wanted: %d, before %d"
                .formatted(after, before);
    }

    static String adapted(Turn turn, int after, Demand.Call call, Demand.Finding finding) {
        return "adapting: workers wanted: %d, before %d: %s %s"
                .formatted(after, turn.target, call.text(), numbers(turn, finding));
    }

    static String held(Turn turn, Demand.Held by, Elastic elastic, Load load, Demand.Finding finding) {
        return "adapting: workers wanted: still %d, although %s: %s %s"
                .formatted(
                        turn.target,
                        finding.call(turn.demand.busy()).map(Demand.Call::text).orElse(""),
                        switch (by) {
                            case MOST -> "--workers and the memory allow no more";
                            case CPU ->
                                "they use the processors (%d) as it is, and another could only take from them"
                                        .formatted(elastic.cores());
                            case MEMORY ->
                                "another would need about %d MiB, and %d MiB are free"
                                        .formatted(Adaptation.needed(load) >> MIB_BITS, load.freeBytes() >> MIB_BITS);
                        },
                        numbers(turn, finding));
    }

    private static String numbers(Turn turn, Demand.Finding finding) {
        return String.format(
                Locale.ROOT,
                "queued=%d wait=%dms busy=%d%% cores=%.1f",
                finding.queued(),
                finding.waited().toMillis(),
                Math.round(100 * turn.demand.busy()),
                finding.cores());
    }

    static String late(Duration late) {
        return "noticing a deadline %s late: the master itself did not run, and perhaps no worker did. They get %s more"
                .formatted(time(late), time(Settings.THAW));
    }

    static String stopping(Turn turn, boolean quick) {
        return "stopping: workers have %s to finish, then KILL workers=%d"
                .formatted(
                        time(quick ? Settings.QUICK : turn.settings.gracefulTimeout()),
                        turn.count(Slot.Alive.class::isInstance));
    }

    static String crashLoop(int places, ExitCode code) {
        return "stopping: no worker serves, and in %d of the places workers die young again and again; --exit-on-crash-loop is given exit-code=%d"
                .formatted(places, code.status());
    }

    static String stopped(ExitCode code) {
        return "stopped: no worker is left exit-code=" + code.status();
    }

    /** Of one that is under way. */
    static String goesOn(Upgrade upgrade) {
        return "an upgrade is going on" + (upgrade.pid() == 0 ? "" : " (new master pid=" + upgrade.pid() + ")");
    }

    static String successorEnded(Upgrade.Underway upgrade, Exit exit) {
        return "the new master (pid %d) %s before its workers were ready; its own output, above, may say why"
                .formatted(upgrade.pid(), Cause.booting(exit));
    }

    static String tooSlow(Upgrade.Underway upgrade) {
        return "the new master (pid %d) was %s for too long"
                .formatted(upgrade.pid(), upgrade.phase().name().toLowerCase(Locale.ROOT));
    }

    static String successorKilled(Upgrade.Withdrawing upgrade) {
        return "the new master (pid %d) does not end in time. Sending KILL".formatted(upgrade.pid());
    }

    static String upgradeFailed(String reason) {
        return "upgrading: failed, %s This master goes on serving".formatted(sentence(reason));
    }

    static String upgraded(Upgrade.Underway upgrade) {
        return "upgraded: the workers of the new master are ready, and those of this one finish pid=" + upgrade.pid();
    }

    static void detail(Turn turn, String detail) {
        if (!detail.isEmpty()) {
            turn.log(Level.DEBUG, detail);
        }
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
