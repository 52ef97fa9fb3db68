package dev.narwhal.master.arbiter;

import dev.narwhal.contract.ExitCode;
import java.util.Optional;
import org.slf4j.event.Level;

/** The life of a generation: prepared, tried, and then proved or abandoned. */
final class Releases {

    private Releases() {}

    static void reload(Turn turn) {
        int next = ++turn.generations;
        turn.log(Level.INFO, "reloading: preparing generation " + next);
        turn.rollout = new Rollout.Preparing(turn.rollout.current(), next);
        turn.effect(new Effect.Prepare(next));
    }

    static void prepared(Turn turn, int generation, int workers) {
        if (turn.running() && turn.rollout instanceof Rollout.Preparing(int current, int next) && next == generation) {
            int wanted = Math.clamp(workers, 1, turn.settings.mostWorkers());
            turn.rollout = new Rollout.Trying(current, next, wanted);
            if (current == 0) {
                adopt(turn, wanted);
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
    static void proved(Turn turn, int generation) {
        if (turn.rollout instanceof Rollout.Trying(int current, int next, int workers) && next == generation) {
            if (current == 0) {
                turn.rollout = new Rollout.Steady(next);
            } else {
                turn.log(Level.INFO, Wording.proved(current, next));
                turn.rollout = new Rollout.Replacing(next);
                adopt(turn, workers);
            }
        }
    }

    /** The generation that is prepared or tried does not work. The first one stops the master, a later one is only refused. */
    static void abandon(Turn turn, ExitCode code, String reason, String detail) {
        int current = turn.rollout.current();
        int generation = turn.generations;
        if (current == 0) {
            turn.log(Level.ERROR, Wording.notStarted(reason, code));
            turn.refusal = Optional.of(new Pool.Refusal(generation, code, reason));
            turn.stop(code, true);
        } else {
            turn.log(Level.ERROR, Wording.refused(reason, generation, current));
            turn.rollout = new Rollout.Steady(current);
            turn.refusal = Optional.of(new Pool.Refusal(generation, code, reason));
        }
        Wording.detail(turn, detail);
    }

    /** A release may call for another number of workers than the one before; what TTIN, TTOU or WINCH asked for stays. */
    private static void adopt(Turn turn, int workers) {
        if (turn.target == turn.configured) {
            turn.target = workers;
        }
        turn.configured = workers;
    }
}
