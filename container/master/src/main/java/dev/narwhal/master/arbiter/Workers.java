package dev.narwhal.master.arbiter;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.WorkerMessage;
import java.util.function.BiConsumer;
import org.slf4j.event.Level;

/** What a worker's life does to its slot. */
final class Workers {

    private Workers() {}

    static void spawned(Turn turn, int index, int pid) {
        if (turn.slot(index) instanceof Slot.Spawning(int generation, int deaths)) {
            var worker = new Worker(pid, generation, turn.now, deaths);
            turn.log(Level.INFO, Wording.booting(index, worker));
            turn.put(
                    index,
                    new Slot.Booting(
                            worker, turn.now.plus(turn.settingsOf(generation).bootTimeout()), false));
        }
    }

    static void spawnFailed(Turn turn, int index, String reason) {
        if (turn.slot(index) instanceof Slot.Spawning(int generation, int deaths)) {
            if (!turn.running()) {
                turn.vacate(index, Slot.Empty.VACANT);
            } else if (turn.rollout.tries(generation)) {
                turn.vacate(index, Slot.Empty.VACANT);
                Releases.abandon(turn, ExitCode.SYSTEM, Wording.notSpawned(index, reason), "");
            } else {
                var backoff = turn.backoff(generation, deaths);
                turn.log(Level.ERROR, Wording.notSpawned(index, reason) + ". " + Wording.next(turn, backoff));
                turn.vacate(index, backoff);
            }
        }
    }

    static void beat(Turn turn, int pid, Moment at) {
        find(turn, pid, (index, alive) -> {
            var beatBy = at.plus(turn.settingsOf(alive.generation()).timeout());
            if (alive instanceof Slot.Ready ready && beatBy.compareTo(ready.beatBy()) > 0) {
                turn.put(index, ready.beatBy(beatBy));
            } else if (alive instanceof Slot.Paused paused && beatBy.compareTo(paused.beatBy()) > 0) {
                turn.put(index, paused.beatBy(beatBy));
            }
        });
    }

    static void reported(Turn turn, int pid, WorkerMessage message) {
        find(turn, pid, (index, alive) -> {
            switch (message) {
                case WorkerMessage.Ready() -> ready(turn, index, alive);
                case WorkerMessage.Worn(String reason) -> worn(turn, index, alive, reason);
                case WorkerMessage.Excess(String reason) -> excess(turn, index, alive, reason);
                case WorkerMessage.Stuck(String reason) -> stuck(turn, index, alive, reason);
                case WorkerMessage.Draining draining -> draining(turn, index, alive, draining);
                case WorkerMessage.Failed failed -> failed(turn, index, alive.worker(), failed);
            }
        });
    }

    private static void ready(Turn turn, int index, Slot.Alive alive) {
        if (alive instanceof Slot.Booting(Worker worker, var _, boolean reopen)) {
            turn.log(Level.INFO, Wording.ready(index, worker, turn.now));
            var timeout = turn.settingsOf(worker.generation()).timeout();
            turn.put(index, new Slot.Ready(worker, turn.now, turn.now.plus(timeout)));
            if (reopen) {
                turn.effect(new Effect.Signal(worker.pid(), WorkerSignal.USR1));
            }
            Releases.proved(turn, index, worker.generation());
        }
    }

    private static void worn(Turn turn, int index, Slot.Alive alive, String reason) {
        if (alive instanceof Slot.Ready ready && ready.worn().isEmpty()) {
            turn.log(Level.INFO, Wording.worn(index, ready.worker(), reason));
            turn.put(index, ready.worn(reason));
        } else if (alive instanceof Slot.Paused paused) {
            turn.put(index, paused.worn(reason));
        }
    }

    /** Only a worker that serves can be replaced; one that boots or drains is on its way already. */
    static void ordered(Turn turn, int pid, WorkerOrder order) {
        find(turn, pid, (index, alive) -> {
            switch (order) {
                case RESTART -> worn(turn, index, alive, "is restarted by an operator");
                case KILL -> {
                    turn.logInFlight(Level.WARN, index, Wording.killing(index, alive.worker()));
                    turn.kill(index, alive.worker());
                }
            }
        });
    }

    private static void excess(Turn turn, int index, Slot.Alive alive, String reason) {
        if (!(alive instanceof Slot.Killed)) {
            turn.logInFlight(Level.ERROR, index, Wording.excess(index, alive.worker(), reason));
            turn.kill(index, alive.worker());
        }
    }

    /** A thread that does not come back stays until the worker ends; the others go on meanwhile. */
    private static void stuck(Turn turn, int index, Slot.Alive alive, String reason) {
        turn.logInFlight(Level.WARN, index, Wording.stuck(index, alive.worker(), reason));
        turn.effect(new Effect.Signal(alive.worker().pid(), WorkerSignal.QUIT));
        if (alive instanceof Slot.Ready ready && ready.worn().isEmpty()) {
            turn.put(index, ready.worn(reason));
        } else if (alive instanceof Slot.Paused paused) {
            turn.put(index, paused.worn(reason));
        }
    }

    private static void draining(Turn turn, int index, Slot.Alive alive, WorkerMessage.Draining report) {
        switch (alive) {
            case Slot.Draining draining -> turn.log(Level.INFO, Wording.drains(index, draining.worker(), report));
            case Slot.Booting(Worker worker, var _, var _) -> drainsUnasked(turn, index, worker, report, true);
            case Slot.Ready(Worker worker, Moment readyAt, var _, var _) ->
                drainsUnasked(turn, index, worker, report, young(turn, readyAt));
            case Slot.Paused(Worker worker, var _, var _) -> drainsUnasked(turn, index, worker, report, false);
            case Slot.Dumping _, Slot.Killed _ -> {}
        }
    }

    private static void drainsUnasked(
            Turn turn, int index, Worker worker, WorkerMessage.Draining report, boolean young) {
        turn.log(Level.WARN, Wording.drainsUnasked(index, worker, report));
        var killAt = turn.now.plus(turn.settings.gracefulTimeout());
        turn.put(index, new Slot.Draining(worker, turn.now, killAt, young));
    }

    private static void failed(Turn turn, int index, Worker worker, WorkerMessage.Failed failed) {
        if (!turn.running()) {
            return; // the first failure was told; the others would only repeat it
        }
        var reason = Wording.failed(index, worker, failed.reason());
        if (turn.rollout.tries(worker.generation())) {
            var code = failed.code() == ExitCode.OK ? ExitCode.BOOT : failed.code();
            Releases.abandon(turn, code, reason, failed.detail());
        } else if (turn.rollout.wants(worker.generation())) {
            turn.log(Level.ERROR, reason + " generation=" + worker.generation());
            Wording.detail(turn, failed.detail());
        }
    }

    static void exited(Turn turn, int pid, Exit exit) {
        find(turn, pid, (index, alive) -> {
            switch (alive) {
                case Slot.Booting(Worker worker, var _, var _) -> diedBooting(turn, index, worker, exit);
                case Slot.Ready(Worker worker, Moment readyAt, var _, var _) ->
                    diedReady(turn, index, worker, readyAt, exit);
                case Slot.Draining draining -> drained(turn, index, draining, exit);
                case Slot.Paused(Worker worker, var _, var _) ->
                    died(turn, index, worker, Slot.Empty.VACANT, Cause.serving(exit));
                case Slot.Dumping(Worker worker, var _) -> ended(turn, index, worker, exit);
                case Slot.Killed(Worker worker, var _, var _) -> ended(turn, index, worker, exit);
            }
        });
    }

    private static void drained(Turn turn, int index, Slot.Draining draining, Exit exit) {
        turn.log(Level.INFO, Wording.drained(index, draining, exit, turn.now));
        var worker = draining.worker();
        turn.vacate(index, draining.young() ? turn.backoff(worker.generation(), worker.deaths()) : Slot.Empty.VACANT);
    }

    private static void ended(Turn turn, int index, Worker worker, Exit exit) {
        turn.log(Level.INFO, Wording.ended(index, worker, exit));
        turn.vacate(index, Slot.Empty.VACANT);
    }

    private static void diedBooting(Turn turn, int index, Worker worker, Exit exit) {
        if (turn.rollout.tries(worker.generation()) && !exit.fromOutside()) {
            turn.vacate(index, Slot.Empty.VACANT);
            var code = exit.equals(new Exit.Code(ExitCode.DEPLOY.status())) ? ExitCode.DEPLOY : ExitCode.BOOT;
            Releases.abandon(turn, code, Wording.neverReady(index, worker, exit), "");
        } else {
            died(
                    turn,
                    index,
                    worker,
                    turn.backoff(worker.generation(), worker.deaths()),
                    Cause.booting(exit) + " before it was ready");
        }
    }

    private static void diedReady(Turn turn, int index, Worker worker, Moment readyAt, Exit exit) {
        var next = young(turn, readyAt) ? turn.backoff(worker.generation(), worker.deaths()) : Slot.Empty.VACANT;
        died(turn, index, worker, next, Cause.serving(exit));
    }

    private static void died(Turn turn, int index, Worker worker, Slot next, String cause) {
        turn.logInFlight(Level.WARN, index, Wording.death(turn, index, worker, cause, next));
        turn.vacate(index, next);
    }

    private static boolean young(Turn turn, Moment readyAt) {
        return turn.now.since(readyAt).compareTo(Settings.YOUNG) < 0;
    }

    private static void find(Turn turn, int pid, BiConsumer<Integer, Slot.Alive> found) {
        for (int index = 0; index < turn.size(); index++) {
            if (turn.slot(index) instanceof Slot.Alive alive && alive.worker().pid() == pid) {
                found.accept(index, alive);
                return;
            }
        }
    }
}
