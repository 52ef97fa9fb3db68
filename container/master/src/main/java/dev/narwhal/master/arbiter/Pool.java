package dev.narwhal.master.arbiter;

import dev.narwhal.contract.ExitCode;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * All that the master decides on: an immutable value, so that anybody may look at it. It does nothing itself; {@link #handle} says
 * what is to be done.
 *
 * @param slots the places for workers, numbered from 0
 * @param configured how many workers the configuration and the release call for
 * @param target how many workers are wanted: {@code configured}, changed by TTIN and TTOU; 0 after WINCH
 * @param generations how many generations there were, refused ones and those of the masters before included
 * @param again whether a reload is to follow the one that goes on
 * @param announced whether all wanted workers have served once
 * @param refusal why the last release that was refused was refused, if one was
 * @param upgrade whether another master is to take this one's place
 * @param demand what is known of the load
 * @param ledger what else is known of releases
 */
public record Pool(
        Settings settings,
        List<Slot> slots,
        int configured,
        int target,
        Rollout rollout,
        int generations,
        boolean again,
        boolean announced,
        Mode mode,
        Optional<Refusal> refusal,
        Upgrade upgrade,
        Demand demand,
        Ledger ledger) {

    /**
     * A release that was not adopted: the one before went on serving.
     *
     * @param detail a stack trace, or empty
     */
    public record Refusal(int generation, ExitCode code, String reason, String detail) {}

    public Pool {
        slots = List.copyOf(slots);
    }

    /** A master that has bound its listeners and has no worker yet. */
    public static Step start(Settings settings) {
        return start(settings, OptionalInt.empty(), 0);
    }

    /**
     * The same, in the place of another master.
     *
     * @param asked what {@link #asked()} says of that one
     * @param generations how many that one had
     */
    public static Step start(Settings settings, OptionalInt asked, int generations) {
        int first = generations + 1;
        var pool = new Pool(
                settings,
                Collections.nCopies(settings.slots(), Slot.Empty.VACANT),
                asked.isPresent() ? 0 : settings.workers(),
                asked.orElse(settings.workers()),
                new Rollout.Preparing(0, first),
                first,
                false,
                false,
                new Mode.Running(),
                Optional.empty(),
                new Upgrade.Idle(),
                Demand.NONE,
                Ledger.NEW);
        return new Step(pool, List.of(new Effect.Prepare(first)));
    }

    /**
     * Takes in one fact.
     *
     * @param now not earlier than in the call before
     */
    public Step handle(Event event, Moment now) {
        if (stopped()) {
            return new Step(this, List.of());
        }
        var turn = new Turn(this, now);
        switch (event) {
            case Event.Prepared prepared -> Releases.prepared(turn, prepared);
            case Event.PrepareFailed failed -> Releases.prepareFailed(turn, failed);
            case Event.Spawned(int slot, int pid) -> Workers.spawned(turn, slot, pid);
            case Event.SpawnFailed(int slot, String reason) -> Workers.spawnFailed(turn, slot, reason);
            case Event.Reported(int pid, var message) -> Workers.reported(turn, pid, message);
            case Event.Beat(int pid, Moment at) -> Workers.beat(turn, pid, at);
            case Event.StoodStill(Duration time) -> Deadlines.stoodStill(turn, time);
            case Event.Exited(int pid, Exit exit) -> Workers.exited(turn, pid, exit);
            case Event.Succession(Successor fact) -> Upgrades.learned(turn, fact);
            case Event.Counted(var slots) -> Canary.counted(turn, slots);
            case Event.Measured(Load load) -> Adaptation.measured(turn, load);
            case Event.Bequeathed(OptionalInt asked) -> Signals.bequeathed(turn, asked);
            case Event.Rollback() -> Releases.rollback(turn);
            case Event.Signalled(MasterSignal signal) -> Signals.signalled(turn, signal);
            case Event.Ordered(int pid, WorkerOrder order) -> Workers.ordered(turn, pid, order);
            case Event.Tick() -> {
                Deadlines.passed(turn);
                Upgrades.deadlinePassed(turn);
                Adaptation.deadlinePassed(turn);
            }
        }
        Convergence.converge(turn);
        return turn.step();
    }

    /** When the next {@link Event.Tick} is due; until then only events change anything. */
    public Optional<Moment> nextDeadline() {
        var ofSlots = slots.stream().map(Slot::deadline).flatMap(Optional::stream);
        var ofReleases = mode instanceof Mode.Running ? Releases.deadlines(this) : Stream.<Moment>empty();
        var ofUpgrade = upgrade.deadline().stream();
        return Stream.of(ofSlots, ofReleases, ofUpgrade, look().stream())
                .flatMap(each -> each)
                .min(Moment::compareTo);
    }

    /** How many workers are wanted, if that is not how many are configured: what is kept when anything is replaced. */
    public OptionalInt asked() {
        boolean moved = target != configured || settings.elastic().isPresent();
        return moved && target > 0 ? OptionalInt.of(target) : OptionalInt.empty();
    }

    /** When the load is to be measured, if it matters. */
    public Optional<Moment> look() {
        return mode instanceof Mode.Running ? demand.next() : Optional.empty();
    }

    /** The worker that does what only one may do; empty while none serves. */
    public Optional<Worker> leader() {
        return Leadership.of(slots, rollout);
    }

    public boolean stopped() {
        return mode instanceof Mode.Stopped;
    }
}
