package dev.narwhal.master.arbiter;

import dev.narwhal.contract.ExitCode;
import java.time.Duration;
import org.slf4j.event.Level;

/** What a deadline that passed does to its slot. Afterwards no deadline of a slot is in the past. */
final class Deadlines {

    private Deadlines() {}

    static void passed(Turn turn) {
        forgive(turn);
        Releases.deadlinePassed(turn);
        for (int index = 0; index < turn.size(); index++) {
            var slot = turn.slot(index);
            if (slot.deadline().filter(turn.now::reached).isPresent()) {
                passed(turn, index, slot);
            }
        }
    }

    /** What nobody could do meanwhile nobody is late with. */
    static void stoodStill(Turn turn, Duration time) {
        for (int index = 0; index < turn.size(); index++) {
            switch (turn.slot(index)) {
                case Slot.Booting(Worker worker, Moment bootBy, boolean reopen) ->
                    turn.put(index, new Slot.Booting(worker, bootBy.plus(time), reopen));
                case Slot.Ready ready ->
                    turn.put(index, ready.beatBy(ready.beatBy().plus(time)));
                case Slot.Paused paused ->
                    turn.put(index, paused.beatBy(paused.beatBy().plus(time)));
                case Slot.Empty _, Slot.Backoff _, Slot.Spawning _, Slot.Dumping _, Slot.Draining _, Slot.Killed _ -> {}
            }
        }
    }

    /** Workers that could not beat because the machine had no time for any of us are not hung. */
    private static void forgive(Turn turn) {
        var stalled = turn.where(
                slot -> (slot instanceof Slot.Booting || slot instanceof Slot.Ready || slot instanceof Slot.Paused)
                        && slot.deadline()
                                .filter(turn.now.plus(Settings.STALL.negated())::reached)
                                .isPresent());
        stalled.stream()
                .flatMap(index -> turn.slot(index).deadline().stream())
                .min(Moment::compareTo)
                .ifPresent(earliest -> turn.log(Level.WARN, Wording.late(turn.now.since(earliest))));
        var later = turn.now.plus(Settings.THAW);
        for (int index : stalled) {
            switch (turn.slot(index)) {
                case Slot.Booting(Worker worker, var _, boolean reopen) ->
                    turn.put(index, new Slot.Booting(worker, later, reopen));
                case Slot.Ready ready -> turn.put(index, ready.beatBy(later));
                case Slot.Paused paused -> turn.put(index, paused.beatBy(later));
                case Slot.Empty _, Slot.Backoff _, Slot.Spawning _, Slot.Dumping _, Slot.Draining _, Slot.Killed _ -> {}
            }
        }
    }

    private static void passed(Turn turn, int index, Slot slot) {
        switch (slot) {
            case Slot.Empty _, Slot.Spawning _ -> {}
            case Slot.Backoff(int generation, int deaths, var _) -> turn.put(index, new Slot.Empty(generation, deaths));
            case Slot.Booting(Worker worker, var _, var _) -> bootTimedOut(turn, index, worker);
            case Slot.Ready ready -> {
                turn.logInFlight(Level.ERROR, index, Wording.hung(turn, index, ready));
                turn.effect(new Effect.Signal(ready.worker().pid(), WorkerSignal.QUIT));
                turn.put(index, new Slot.Dumping(ready.worker(), turn.now.plus(Settings.DUMP)));
            }
            case Slot.Paused(Worker worker, var _, var _) -> {
                turn.log(Level.ERROR, Wording.hungPaused(index, worker));
                turn.kill(index, worker);
            }
            case Slot.Dumping(Worker worker, var _) -> {
                turn.log(Level.WARN, Wording.dumped(index, worker));
                turn.kill(index, worker);
            }
            case Slot.Draining draining -> {
                turn.logInFlight(Level.WARN, index, Wording.cutOff(index, draining, turn.now));
                turn.kill(index, draining.worker());
            }
            case Slot.Killed(Worker worker, Moment since, var _) -> {
                turn.log(Level.ERROR, Wording.survives(index, worker, turn.now.since(since)));
                turn.effect(new Effect.Signal(worker.pid(), WorkerSignal.KILL));
                turn.put(index, new Slot.Killed(worker, since, turn.now.plus(Settings.REAP)));
            }
        }
    }

    private static void bootTimedOut(Turn turn, int index, Worker worker) {
        var reason = Wording.bootTimeout(
                index, worker, turn.settingsOf(worker.generation()).bootTimeout());
        turn.kill(index, worker);
        if (turn.rollout.tries(worker.generation())) {
            Releases.abandon(turn, ExitCode.BOOT, reason, "");
        } else {
            turn.log(Level.ERROR, reason + ". Sending KILL and spawning another generation=" + worker.generation());
        }
    }
}
