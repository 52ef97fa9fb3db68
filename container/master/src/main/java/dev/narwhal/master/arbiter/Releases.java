package dev.narwhal.master.arbiter;

import dev.narwhal.contract.ExitCode;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.event.Level;

/** The life of a generation: prepared, tried, and then proved or abandoned. */
final class Releases {

    /** How often a release that is watched is looked at. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private Releases() {}

    static void reload(Turn turn) {
        dropPrevious(turn, "another release is to come");
        int next = ++turn.generations;
        turn.log(Level.INFO, "reloading: preparing generation " + next);
        turn.rollout = new Rollout.Preparing(turn.rollout.current(), next);
        turn.effect(new Effect.Prepare(next));
    }

    static void prepared(Turn turn, Event.Prepared prepared) {
        if (turn.running()
                && turn.rollout instanceof Rollout.Preparing(int current, int next)
                && next == prepared.generation()) {
            turn.ledger = turn.ledger.trying(prepared.settings());
            int most = prepared.settings().orElse(turn.settings).mostWorkers();
            int wanted = Math.clamp(prepared.workers(), 1, most);
            turn.rollout = new Rollout.Trying(current, next, wanted);
            if (current == 0) {
                adopt(turn, turn.settings, turn.settingsOf(next), wanted);
            }
        }
    }

    static void prepareFailed(Turn turn, Event.PrepareFailed failed) {
        if (turn.running()
                && turn.rollout instanceof Rollout.Preparing(var _, int next)
                && next == failed.generation()) {
            abandon(turn, failed.code(), failed.reason(), failed.detail());
        }
    }

    /** A worker of that generation is ready. */
    static void proved(Turn turn, int index, int generation) {
        if (turn.rollout instanceof Rollout.Trying(int current, int next, int workers) && next == generation) {
            if (current == 0) {
                turn.rollout = new Rollout.Steady(next);
                configure(turn);
            } else {
                var canary = turn.settingsOf(next).rolling().canary();
                if (canary.isPresent() && turn.target > 0) {
                    turn.log(Level.INFO, Wording.watching(next, canary.get()));
                    var until = turn.now.plus(canary.get().window());
                    turn.rollout =
                            new Rollout.Watching(current, next, workers, index, until, turn.now, Optional.empty());
                } else {
                    replace(turn, current, next, workers);
                }
            }
        }
    }

    private static void replace(Turn turn, int current, int next, int workers) {
        turn.log(Level.INFO, Wording.proved(current, next));
        turn.rollout = new Rollout.Replacing(next);
        var before = new Ledger.Previous(current, turn.now, turn.settings, turn.configured);
        configure(turn);
        keep(turn, before);
        adopt(turn, before.settings(), turn.settings, workers);
        turn.effect(new Effect.Adopt(next));
    }

    /** From now on what the operator configured for the generation that serves holds for all. */
    private static void configure(Turn turn) {
        turn.settings = turn.ledger.trial().orElse(turn.settings);
        turn.ledger = turn.ledger.trying(Optional.empty());
    }

    private static void keep(Turn turn, Ledger.Previous release) {
        var rolling = turn.settings.rolling();
        if (rolling.keeps()) {
            turn.ledger = turn.ledger.keeping(Optional.of(new Ledger.Previous(
                    release.generation(),
                    turn.now.plus(rolling.keepPrevious()),
                    release.settings(),
                    release.workers())));
        }
    }

    /** All workers are of the generation that serves. Those of the one before wait from now on, if they are kept. */
    static void replaced(Turn turn, int current) {
        if (current < turn.generations) {
            turn.log(Level.INFO, Wording.rolledBack(turn, current));
        } else {
            turn.log(Level.INFO, Wording.reloaded(turn, current));
            turn.ledger = turn.ledger.countReloaded();
        }
        turn.ledger.previous().ifPresent(previous -> keep(turn, previous));
    }

    static void failCanary(Turn turn, Rollout.Watching watching, String fault) {
        abandon(turn, ExitCode.DEPLOY, fault, "");
        turn.where(slot -> slot instanceof Slot.Ready && slot.generation() == watching.next())
                .forEach(index ->
                        turn.retire(index, ((Slot.Ready) turn.slot(index)).worker(), "it failed as the canary"));
    }

    static void passCanary(Turn turn, Rollout.Watching watching, long requests, boolean enough) {
        turn.log(enough ? Level.INFO : Level.WARN, Wording.watched(watching.next(), requests, enough));
        replace(turn, watching.current(), watching.next(), watching.workers());
    }

    /** However it was lost, a release whose first worker does not last is none. */
    static void missCanary(Turn turn) {
        if (turn.rollout instanceof Rollout.Watching watching) {
            boolean serves =
                    turn.slot(watching.slot()) instanceof Slot.Ready ready && ready.generation() == watching.next();
            if (!serves) {
                abandon(turn, ExitCode.BOOT, "its first worker did not last", "");
            } else if (turn.target == 0) {
                abandon(turn, ExitCode.BOOT, "no worker is wanted any more", "");
            }
        }
    }

    /** Takes the release before back, or the one that is tried. */
    static void rollback(Turn turn) {
        if (!turn.running()) {
            turn.log(Level.INFO, "ignoring the rollback: the master is stopping already");
            return;
        }
        turn.again = false;
        switch (turn.rollout) {
            case Rollout.Steady _, Rollout.Replacing _ ->
                turn.ledger
                        .previous()
                        .ifPresentOrElse(
                                previous -> takeBack(turn, previous),
                                () -> turn.log(
                                        Level.WARN,
                                        "rolling back: no release is kept. Give --keep-previous before the next reload"));
            case Rollout.Preparing(int current, var _) -> callOff(turn, current);
            case Rollout.Trying(int current, var _, var _) -> callOff(turn, current);
            case Rollout.Watching watching -> {
                callOff(turn, watching.current());
                turn.where(slot -> slot instanceof Slot.Ready && slot.generation() == watching.next())
                        .forEach(index ->
                                turn.retire(index, ((Slot.Ready) turn.slot(index)).worker(), "it was rolled back"));
            }
        }
    }

    private static void callOff(Turn turn, int current) {
        if (current == 0) {
            turn.log(Level.WARN, "rolling back: this is the first release");
            return;
        }
        var before = turn.ledger;
        abandon(turn, ExitCode.DEPLOY, "an operator called it off", "");
        turn.ledger = before.trying(Optional.empty()).countRolledBack();
    }

    private static void takeBack(Turn turn, Ledger.Previous previous) {
        turn.log(Level.INFO, Wording.rollingBack(turn.rollout.current(), previous.generation()));
        turn.ledger = turn.ledger.keeping(Optional.empty()).countRolledBack();
        var before = turn.settings;
        turn.settings = previous.settings();
        turn.rollout = new Rollout.Replacing(previous.generation());
        adopt(turn, before, turn.settings, previous.workers());
        for (int index : turn.where(slot -> slot instanceof Slot.Paused)) {
            turn.resume(index, (Slot.Paused) turn.slot(index));
        }
        turn.effect(new Effect.Adopt(previous.generation()));
    }

    /** The workers that wait end. */
    static void dropPrevious(Turn turn, String why) {
        turn.ledger = turn.ledger.keeping(Optional.empty());
        turn.where(slot -> slot instanceof Slot.Paused)
                .forEach(index -> turn.retire(index, ((Slot.Paused) turn.slot(index)).worker(), why));
    }

    static Stream<Moment> deadlines(Pool pool) {
        var watched = pool.rollout() instanceof Rollout.Watching watching
                ? Stream.of(watching.look())
                : Stream.<Moment>empty();
        return Stream.concat(pool.ledger().previous().map(Ledger.Previous::until).stream(), watched);
    }

    static void deadlinePassed(Turn turn) {
        if (turn.ledger
                .previous()
                .map(Ledger.Previous::until)
                .filter(turn.now::reached)
                .isPresent()) {
            dropPrevious(turn, "it was kept for long enough");
        }
        if (turn.rollout instanceof Rollout.Watching watching && turn.now.reached(watching.look())) {
            turn.rollout = watching.lookAt(turn.now.plus(LOOK));
        }
    }

    /** The generation that is prepared or tried does not work. The first one stops the master, a later one is only refused. */
    static void abandon(Turn turn, ExitCode code, String reason, String detail) {
        int current = turn.rollout.current();
        int generation = turn.generations;
        if (current == 0) {
            turn.log(Level.ERROR, Wording.notStarted(reason, code));
            turn.refusal = Optional.of(new Pool.Refusal(generation, code, reason, detail));
            turn.stop(code, true);
        } else {
            turn.log(Level.ERROR, Wording.refused(reason, generation, current));
            turn.ledger = turn.rollout instanceof Rollout.Watching
                    ? turn.ledger.trying(Optional.empty()).countFailedCanary()
                    : turn.ledger.trying(Optional.empty()).countRefused();
            turn.rollout = new Rollout.Steady(current);
            turn.refusal = Optional.of(new Pool.Refusal(generation, code, reason, detail));
        }
        Wording.detail(turn, detail);
    }

    /**
     * A release may call for another number of workers than the one before; what TTIN, TTOU or WINCH asked for stays, and so does what the load has
     * called for.
     */
    private static void adopt(Turn turn, Settings before, Settings now, int workers) {
        boolean follows = now.elastic().isPresent();
        boolean asked = follows
                ? turn.rollout.current() != 0 || turn.target != turn.configured
                : turn.target != turn.configured && before.elastic().isEmpty();
        if (!asked && turn.target != 0) {
            turn.target = workers;
        }
        turn.target = Math.min(turn.target, now.mostWorkers());
        if (turn.target != 0) {
            turn.target = Math.max(turn.target, now.leastWorkers());
        }
        turn.configured = workers;
    }
}
