package dev.narwhal.master.observe;

import dev.narwhal.contract.ProcStatus;
import dev.narwhal.contract.Scoreboard;
import dev.narwhal.contract.ScoreboardAnswers;
import dev.narwhal.contract.ScoreboardSessions;
import dev.narwhal.master.arbiter.Ledger;
import dev.narwhal.master.arbiter.Mode;
import dev.narwhal.master.arbiter.Moment;
import dev.narwhal.master.arbiter.Pool;
import dev.narwhal.master.arbiter.Rollout;
import dev.narwhal.master.arbiter.Slot;
import dev.narwhal.master.arbiter.Upgrade;
import dev.narwhal.master.observe.ServerStatus.Listening;
import dev.narwhal.master.observe.ServerStatus.Refused;
import dev.narwhal.master.observe.ServerStatus.Release;
import dev.narwhal.master.observe.ServerStatus.Request;
import dev.narwhal.master.observe.ServerStatus.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Looks at the server. Any thread. */
public final class Observer {

    private final Supplier<Pool> pool;
    private final Scoreboard scoreboard;
    private final Totals totals;
    private final String version;
    private final List<String> listeners;
    private final Supplier<List<Listening>> queues;
    private final BooleanSupplier leaving;
    private final Moment started = new Moment(System.nanoTime());

    /**
     * An observer.
     *
     * @param pool gives the newest state of the arbiter
     * @param listeners the addresses of the applications
     * @param queues looks at their accept queues
     * @param leaving whether the server is about to stop, and not to be sent requests any more
     */
    public Observer(
            Supplier<Pool> pool,
            Scoreboard scoreboard,
            Totals totals,
            String version,
            List<String> listeners,
            Supplier<List<Listening>> queues,
            BooleanSupplier leaving) {
        this.pool = pool;
        this.scoreboard = scoreboard;
        this.totals = totals;
        this.version = version;
        this.listeners = List.copyOf(listeners);
        this.queues = queues;
        this.leaving = leaving;
    }

    /** A look at nothing but what masters before this one have counted, if there were any. */
    public Optional<Observer> inherited() {
        return totals.inherits() ? Optional.of(inherited(Scoreboard.blank(scoreboard.size()))) : Optional.empty();
    }

    private Observer inherited(Scoreboard blank) {
        return new Observer(pool, blank, totals.inherited(blank), version, listeners, List::of, () -> false);
    }

    /** When the sums were zero, before all masters that have counted. */
    public Instant since() {
        return totals.since();
    }

    /** The addresses of the applications. */
    public List<String> listeners() {
        return listeners;
    }

    /** How long there has been something to look at. */
    Duration age() {
        return new Moment(System.nanoTime()).since(started);
    }

    public ServerStatus status() {
        var now = new Moment(System.nanoTime());
        var state = pool.get();
        var workers = new ArrayList<Worker>();
        for (int i = 0; i < state.slots().size(); i++) {
            worker(i, state.slots().get(i), now).ifPresent(workers::add);
        }
        return new ServerStatus(
                Math.toIntExact(ProcessHandle.current().pid()),
                version,
                Runtime.version().toString(),
                now.since(started).toSeconds(),
                mode(state),
                state.target(),
                (int) state.slots().stream()
                        .filter(slot -> slot instanceof Slot.Ready)
                        .count(),
                totals.requests(),
                release(state, now),
                listeners,
                workers,
                state.settings()
                        .elastic()
                        .map(elastic -> new ServerStatus.Range(
                                elastic.least(), elastic.most(), state.demand().busy()))
                        .orElse(null),
                upgrade(state.upgrade()));
    }

    private String mode(Pool state) {
        if (!(state.mode() instanceof Mode.Running)) {
            return "stopping";
        }
        if (leaving.getAsBoolean()) {
            return "leaving";
        }
        return scoreboard.paused() ? "paused" : "running";
    }

    private static Release release(Pool pool, Moment now) {
        return new Release(
                pool.rollout().current(),
                pool.generations(),
                switch (pool.rollout()) {
                    case Rollout.Steady _ -> "steady";
                    case Rollout.Preparing _ -> "preparing";
                    case Rollout.Trying _ -> "trying";
                    case Rollout.Watching _ -> "watching";
                    case Rollout.Replacing _ -> "replacing";
                },
                pool.again(),
                pool.ledger().previous().map(Ledger.Previous::generation).orElse(0),
                pool.ledger()
                        .previous()
                        .map(previous -> previous.until().since(now).toSeconds())
                        .orElse(0L),
                pool.refusal()
                        .map(refusal ->
                                new Refused(refusal.generation(), refusal.code().status(), refusal.reason()))
                        .orElse(null));
    }

    private static ServerStatus.Upgrade upgrade(Upgrade upgrade) {
        var phase = switch (upgrade) {
            case Upgrade.Idle _ -> "none";
            case Upgrade.Underway underway -> underway.phase().name().toLowerCase(Locale.ROOT);
            case Upgrade.Withdrawing _ -> "withdrawing";
            case Upgrade.Failed _ -> "failed";
            case Upgrade.Done _ -> "done";
        };
        return new ServerStatus.Upgrade(
                upgrade.attempts(),
                phase,
                upgrade.pid(),
                upgrade instanceof Upgrade.Failed(var _, var code, var _) ? code.status() : 0,
                upgrade instanceof Upgrade.Failed(var _, var _, var reason) ? reason : null);
    }

    private Optional<Worker> worker(int index, Slot slot, Moment now) {
        return switch (slot) {
            case Slot.Empty _ -> Optional.empty();
            case Slot.Backoff backoff ->
                Optional.of(absent(index, backoff.generation(), backoff.crashLoop() ? "crash-loop" : "backoff"));
            case Slot.Spawning spawning -> Optional.of(absent(index, spawning.generation(), "spawning"));
            case Slot.Booting booting -> Optional.of(present(index, booting, "booting", now));
            case Slot.Ready ready -> Optional.of(present(index, ready, "ready", now));
            case Slot.Paused paused -> Optional.of(present(index, paused, "paused", now));
            case Slot.Dumping dumping -> Optional.of(present(index, dumping, "dumping", now));
            case Slot.Draining draining -> Optional.of(present(index, draining, "draining", now));
            case Slot.Killed killed -> Optional.of(present(index, killed, "killed", now));
        };
    }

    private static Worker absent(int index, int generation, String state) {
        return new Worker(index, 0, generation, state, 0, 0, 0, 0, 0, 0, false, 0, 0, 0, 0, 0, 0);
    }

    private Worker present(int index, Slot.Alive alive, String state, Moment now) {
        var counters = scoreboard.slot(index).counters();
        var vm = scoreboard.slot(index).vm().snapshot();
        var worker = alive.worker();
        return new Worker(
                index,
                worker.pid(),
                worker.generation(),
                state,
                now.since(worker.spawnedAt()).toSeconds(),
                counters.inFlight(),
                scoreboard.slot(index).permits(),
                counters.connections(),
                counters.requests(),
                scoreboard.slot(index).busyThreads(),
                worker.pid() == scoreboard.leader(),
                ProcStatus.bytes(Integer.toString(worker.pid()), "VmRSS"),
                vm.heapUsed(),
                vm.heapLive(),
                vm.heapMax(),
                vm.collections(),
                TimeUnit.NANOSECONDS.toMillis(vm.pauseNanos()));
    }

    /** The listening sockets and what waits in them. */
    public List<Listening> listening() {
        return queues.get();
    }

    /** The requests in flight, oldest first. Of more than 256 in one worker some are not listed. */
    public List<Request> requests() {
        var state = pool.get();
        var requests = new ArrayList<Request>();
        for (int i = 0; i < state.slots().size(); i++) {
            if (state.slots().get(i) instanceof Slot.Alive alive) {
                int slot = i;
                scoreboard
                        .slot(i)
                        .requests(System.nanoTime())
                        .forEach(request -> requests.add(new Request(
                                slot,
                                alive.worker().pid(),
                                request.age().toMillis(),
                                request.method(),
                                request.path())));
            }
        }
        requests.sort(Comparator.comparingLong(Request::ageMillis).reversed());
        return requests;
    }

    /** How requests have ended, since the server was started. */
    ScoreboardAnswers.Snapshot answers() {
        return totals.answers();
    }

    /** What happened to sessions, since the server was started. */
    public ScoreboardSessions.Snapshot sessions() {
        return totals.sessions();
    }

    /** The same, and for each context. */
    public SessionStatus sessionStatus() {
        return new SessionStatus(totals.sessions(), totals.contexts());
    }

    /** How reloads have ended. */
    Map<String, Long> reloads() {
        return totals.reloads(pool.get().ledger());
    }

    Totals totals() {
        return totals;
    }
}
