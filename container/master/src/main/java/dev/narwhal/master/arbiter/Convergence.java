package dev.narwhal.master.arbiter;

import dev.narwhal.contract.ExitCode;
import java.util.Comparator;
import java.util.List;
import org.slf4j.event.Level;

/**
 * Brings the workers that exist towards those that are wanted: too many are retired, too few are spawned. A crash, a TTIN, a reload and
 * a stop differ only in what is wanted. Converging twice does no more than converging once.
 */
final class Convergence {

    private Convergence() {}

    static void converge(Turn turn) {
        switch (turn.mode) {
            case Mode.Running() -> {
                Releases.missCanary(turn);
                forgetOldBackoffs(turn);
                if (hopeless(turn)) {
                    giveUp(turn);
                    return;
                }
                retireUnwantedBooting(turn);
                retireSurplusReady(turn);
                retireSurplusBooting(turn);
                finishReload(turn);
                spawnMissing(turn);
                spawnSurge(turn);
                announce(turn);
                Adaptation.schedule(turn);
            }
            case Mode.Stopping stopping -> stop(turn, stopping);
            case Mode.Stopped _ -> {}
        }
    }

    /** A wait that another release has earned is nobody's any more. */
    private static void forgetOldBackoffs(Turn turn) {
        turn.where(slot -> slot instanceof Slot.Backoff && !turn.rollout.wants(slot.generation()))
                .forEach(index -> turn.put(index, Slot.Empty.VACANT));
    }

    /** Whether the operator would rather have no server than one without a worker. A reload that goes on may be what mends it. */
    private static boolean hopeless(Turn turn) {
        return turn.settings.exitOnCrashLoop()
                && turn.rollout instanceof Rollout.Steady
                && !looping(turn).isEmpty()
                && turn.count(Slot.Ready.class::isInstance) == 0;
    }

    private static void giveUp(Turn turn) {
        turn.log(Level.ERROR, Wording.crashLoop(looping(turn).size(), ExitCode.BOOT));
        var stopping = new Mode.Stopping(ExitCode.BOOT, true);
        turn.mode = stopping;
        stop(turn, stopping);
    }

    private static List<Integer> looping(Turn turn) {
        return turn.where(slot -> slot instanceof Slot.Backoff backoff && backoff.crashLoop());
    }

    /** A worker that boots serves nobody, so one of a replaced or refused generation can go at once. */
    private static void retireUnwantedBooting(Turn turn) {
        turn.where(slot -> slot instanceof Slot.Booting && !turn.rollout.wants(slot.generation()))
                .forEach(index -> retire(turn, index));
    }

    /** Other generations first, of one those that are worn, and then the oldest. Only what is ready counts, so capacity stays at the target. */
    private static void retireSurplusReady(Turn turn) {
        var ready = turn.where(slot -> slot instanceof Slot.Ready && counts(turn, slot));
        ready.stream()
                .sorted(Comparator.comparing((Integer index) -> turn.slot(index).generation() == turn.rollout.current())
                        .thenComparing(index -> !isWorn(turn.slot(index)))
                        .thenComparing(index -> ((Slot.Ready) turn.slot(index)).readyAt()))
                .limit(Math.max(0, ready.size() - turn.target))
                .forEach(index -> release(turn, index));
    }

    /** The worker that is watched is beside those that are wanted. */
    private static boolean counts(Turn turn, Slot slot) {
        return !turn.rollout.surges(slot.generation());
    }

    /** After a TTOU or WINCH; the youngest first, which have come the least far. */
    private static void retireSurplusBooting(Turn turn) {
        var booting = turn.where(Slot.Booting.class::isInstance);
        int places = turn.target == 0
                ? 0
                : turn.target - turn.count(slot -> slot instanceof Slot.Ready && counts(turn, slot)) + surge(turn);
        booting.stream()
                .sorted(Comparator.comparing((Integer index) ->
                                ((Slot.Booting) turn.slot(index)).worker().spawnedAt())
                        .reversed())
                .limit(Math.max(0, booting.size() - places))
                .forEach(index -> retire(turn, index));
    }

    private static boolean isWorn(Slot slot) {
        return slot instanceof Slot.Ready ready && ready.worn().isPresent();
    }

    /** How many workers above the target may run now, to replace others. */
    private static int surge(Turn turn) {
        return switch (turn.rollout) {
            case Rollout.Steady _, Rollout.Preparing _ ->
                turn.where(Convergence::isWorn).isEmpty() ? 0 : 1;
            case Rollout.Trying(int current, var _, var _) -> current == 0 ? 0 : 1;
            case Rollout.Watching _ -> 0;
            case Rollout.Replacing _ ->
                Math.min(turn.settings.rolling().surge(), old(turn).size());
        };
    }

    /** The slots of ready workers that a proved generation is to replace. */
    private static List<Integer> old(Turn turn) {
        return turn.where(slot -> slot instanceof Slot.Ready && slot.generation() != turn.rollout.current());
    }

    private static void finishReload(Turn turn) {
        if (turn.rollout instanceof Rollout.Replacing(int current) && old(turn).isEmpty()) {
            turn.rollout = new Rollout.Steady(current);
            Releases.replaced(turn, current);
        }
        if (turn.again && turn.rollout instanceof Rollout.Steady && !turn.upgrade.underway()) {
            turn.again = false;
            Releases.reload(turn);
        }
    }

    private static void spawnMissing(Turn turn) {
        int generation = turn.rollout.replacement();
        if (generation != 0) {
            spawn(turn, generation, turn.target - turn.seats());
        }
    }

    /**
     * The workers above the target, by which a reload goes on and worn workers are replaced: one, or {@code --surge}. They wait until nobody drains: memory is
     * planned for the target and so many more.
     */
    private static void spawnSurge(Turn turn) {
        int surge = surge(turn);
        int room = turn.target + surge - turn.count(Slot::costly);
        if (surge == 0 || turn.target == 0) {
            return;
        }
        int next = turn.rollout instanceof Rollout.Trying trying ? trying.next() : turn.rollout.current();
        int underway = turn.count(slot -> slot.seat() && slot.generation() == next && !(slot instanceof Slot.Ready));
        spawn(turn, next, Math.min(room, surge - underway));
    }

    /** Where workers of this generation died before comes first: their count makes the next wait longer. */
    private static void spawn(Turn turn, int generation, int count) {
        turn.where(Slot.Empty.class::isInstance).stream()
                .sorted(Comparator.comparingInt((Integer index) -> -deaths(turn.slot(index), generation)))
                .limit(Math.max(0, count))
                .forEach(index -> turn.spawn(index, generation));
    }

    private static int deaths(Slot slot, int generation) {
        return slot instanceof Slot.Empty(int before, int deaths) && before == generation ? deaths : 0;
    }

    private static void announce(Turn turn) {
        if (!turn.announced && turn.target > 0 && turn.count(Slot.Ready.class::isInstance) >= turn.target) {
            turn.announced = true;
            turn.effect(new Effect.AllReady(turn.target));
        }
    }

    private static void stop(Turn turn, Mode.Stopping stopping) {
        turn.where(Slot.Backoff.class::isInstance).forEach(index -> turn.put(index, Slot.Empty.VACANT));
        turn.where(slot -> slot instanceof Slot.Booting || slot instanceof Slot.Ready || slot instanceof Slot.Paused)
                .forEach(index -> retire(turn, index));
        if (turn.count(slot -> slot instanceof Slot.Alive || slot instanceof Slot.Spawning) == 0
                && !turn.upgrade.underway()) {
            turn.mode = new Mode.Stopped(stopping.code());
            turn.log(Level.INFO, Wording.stopped(stopping.code()));
            turn.effect(new Effect.Stop(stopping.code()));
        }
    }

    /** Whoever is of the release before may be wanted again. */
    private static void release(Turn turn, int index) {
        if (turn.slot(index) instanceof Slot.Ready ready
                && turn.ledger
                        .previous()
                        .filter(previous -> previous.generation() == ready.generation())
                        .isPresent()) {
            turn.pause(index, ready);
        } else {
            retire(turn, index);
        }
    }

    private static void retire(Turn turn, int index) {
        if (turn.slot(index) instanceof Slot.Alive alive) {
            turn.retire(index, alive.worker(), Wording.why(turn, alive));
        }
    }
}
