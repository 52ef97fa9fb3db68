package dev.narwhal.master.arbiter;

import dev.narwhal.contract.ExitCode;
import java.util.OptionalInt;
import org.slf4j.event.Level;

/** What each signal from an operator does. None waits for anything: what takes time is a state. */
final class Signals {

    private Signals() {}

    static void signalled(Turn turn, MasterSignal signal) {
        if (turn.running()) {
            running(turn, signal);
        } else {
            stopping(turn, signal);
        }
    }

    private static void running(Turn turn, MasterSignal signal) {
        switch (signal) {
            case TERM -> stop(turn, ExitCode.OK, false);
            case INT -> stop(turn, ExitCode.OK, true);
            case HUP -> reload(turn);
            case USR2 -> Upgrades.begin(turn);
            case TTIN ->
                aim(
                        turn,
                        signal,
                        Math.clamp(turn.target + 1, turn.settings.leastWorkers(), turn.settings.mostWorkers()));
            case TTOU ->
                aim(turn, signal, Math.min(turn.target, Math.max(turn.target - 1, turn.settings.leastWorkers())));
            case USR1 -> reopenLogs(turn);
            case WINCH -> aim(turn, signal, 0);
        }
    }

    private static void stopping(Turn turn, MasterSignal signal) {
        switch (signal) {
            case TERM -> {}
            case INT -> hasten(turn);
            case USR1 -> reopenLogs(turn);
            case HUP, USR2, TTIN, TTOU, WINCH ->
                turn.log(Level.INFO, "ignoring " + signal + ": the master is stopping already");
        }
    }

    private static void stop(Turn turn, ExitCode code, boolean quick) {
        turn.stop(code, quick);
        Upgrades.stop(turn, quick);
        turn.log(Level.INFO, Wording.stopping(turn, quick));
    }

    /** A graceful stop becomes a quick one. */
    private static void hasten(Turn turn) {
        if (turn.mode instanceof Mode.Stopping(ExitCode code, boolean quick) && !quick) {
            stop(turn, code, true);
            var soon = turn.now.plus(Settings.QUICK);
            for (int index = 0; index < turn.size(); index++) {
                if (turn.slot(index) instanceof Slot.Draining(Worker worker, Moment since, Moment killAt, boolean young)
                        && killAt.compareTo(soon) > 0) {
                    turn.put(index, new Slot.Draining(worker, since, soon, young));
                }
            }
        }
    }

    /** A booting worker is told when it is ready: until then the signal may end it. */
    private static void reopenLogs(Turn turn) {
        turn.log(Level.INFO, "reopening log files");
        for (int index = 0; index < turn.size(); index++) {
            switch (turn.slot(index)) {
                case Slot.Ready(Worker worker, var _, var _, var _) ->
                    turn.effect(new Effect.Signal(worker.pid(), WorkerSignal.USR1));
                case Slot.Draining(Worker worker, var _, var _, var _) ->
                    turn.effect(new Effect.Signal(worker.pid(), WorkerSignal.USR1));
                case Slot.Paused(Worker worker, var _, var _) ->
                    turn.effect(new Effect.Signal(worker.pid(), WorkerSignal.USR1));
                case Slot.Booting(Worker worker, Moment bootBy, var _) ->
                    turn.put(index, new Slot.Booting(worker, bootBy, true));
                case Slot.Empty _, Slot.Backoff _, Slot.Spawning _, Slot.Dumping _, Slot.Killed _ -> {}
            }
        }
    }

    private static void aim(Turn turn, MasterSignal signal, int target) {
        turn.log(Level.INFO, Wording.aimed(signal, turn.target, target));
        turn.target = target;
        turn.demand = turn.demand.restart();
        if (target == 0) {
            Releases.dropPrevious(turn, "all workers are to drain");
        }
    }

    static void bequeathed(Turn turn, OptionalInt asked) {
        if (turn.running()) {
            int target = Math.clamp(
                    asked.orElse(turn.configured), turn.settings.leastWorkers(), turn.settings.mostWorkers());
            turn.log(Level.INFO, Wording.bequeathed(turn.target, target));
            turn.target = target;
        }
    }

    private static void reload(Turn turn) {
        if (turn.target == 0) {
            aim(turn, MasterSignal.HUP, turn.configured);
        }
        if (turn.upgrade.underway()) {
            turn.log(
                    Level.INFO,
                    "HUP: " + Wording.goesOn(turn.upgrade)
                            + ", which reads everything anew. If it fails, a reload follows");
            turn.again = true;
        } else if (turn.rollout instanceof Rollout.Steady) {
            Releases.reload(turn);
        } else {
            turn.log(Level.INFO, "HUP: a start or reload is going on. Another reload follows it");
            turn.again = true;
        }
    }
}
