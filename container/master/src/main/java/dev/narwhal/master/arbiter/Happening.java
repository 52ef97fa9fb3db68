package dev.narwhal.master.arbiter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What an event has come to, for those who are told of it and those who count: found by comparing the pool before with the pool after, so that no decision
 * depends on it.
 */
public sealed interface Happening {

    /** Why a worker that booted or served does so no longer. */
    enum Loss {
        /** It ended without being asked to. */
        CRASHED,
        /** Its heartbeat stopped. */
        HUNG,
        /** It did not become ready, or not in time. */
        FAILED_TO_BOOT,
        /** It had reached a limit, has a thread that does not come back, or an operator asked for another. */
        WORN,
        /** An operator had it killed. */
        KILLED,
        /** A newer release takes its place, or its own was refused. */
        RELEASED,
        /** Fewer workers are wanted. */
        SURPLUS,
        /** It drains of its own accord. */
        LEFT,
        /** The server stops. */
        STOPPED
    }

    /** All wanted workers serve, for the first time. */
    record Ready(int workers) implements Happening {}

    record WorkerReady(int slot, int pid, int generation, Duration boot) implements Happening {}

    /** A worker stops serving, or booting. It may go on for a while to finish what it has begun. */
    record WorkerLost(int slot, int pid, int generation, Loss cause) implements Happening {}

    /** The process is gone. */
    record WorkerExited(int slot, int pid, int generation, Exit exit, Duration uptime) implements Happening {}

    /** All workers are of a new release. */
    record Reloaded(int generation) implements Happening {}

    /** A release was refused; the one before goes on. */
    record Refused(int generation, String reason) implements Happening {}

    /** Another number of workers is wanted, since the load calls for it. */
    record Adapted(int before, int after, Demand.Call call) implements Happening {}

    /** The load calls for another worker, which there cannot be. */
    record Held(Demand.Held by) implements Happening {}

    record Stopping() implements Happening {}

    /** What is different now. */
    static List<Happening> of(Pool before, Event event, Pool after, Moment now) {
        var happenings = new ArrayList<Happening>();
        for (int index = 0; index < before.slots().size(); index++) {
            worker(index, before, event, after, now, happenings);
        }
        if (after.announced() && !before.announced()) {
            happenings.add(new Ready(after.target()));
        }
        if (!after.refusal().equals(before.refusal())) {
            after.refusal().ifPresent(refusal -> happenings.add(new Refused(refusal.generation(), refusal.reason())));
        }
        if (isReloaded(before.rollout(), after.rollout())) {
            happenings.add(new Reloaded(after.rollout().current()));
        }
        load(before.demand(), after.demand(), happenings);
        if (before.mode() instanceof Mode.Running && !(after.mode() instanceof Mode.Running)) {
            happenings.add(new Stopping());
        }
        return happenings;
    }

    private static void load(Demand before, Demand after, List<Happening> happenings) {
        if (!after.change().equals(before.change())) {
            after.change()
                    .ifPresent(change -> happenings.add(new Adapted(change.before(), change.after(), change.call())));
        }
        if (!after.held().equals(before.held())) {
            after.held().ifPresent(by -> happenings.add(new Held(by)));
        }
    }

    /** The only worker of a release is replaced by the very event that proves the next one. */
    private static boolean isReloaded(Rollout before, Rollout after) {
        boolean another = before.current() != 0 && before.current() != after.current();
        return (before instanceof Rollout.Replacing || another) && !(after instanceof Rollout.Replacing);
    }

    private static void worker(
            int index, Pool before, Event event, Pool after, Moment now, List<Happening> happenings) {
        var slot = after.slots().get(index);
        if (!(before.slots().get(index) instanceof Slot.Alive was)) {
            return;
        }
        var worker = was.worker();
        if (was instanceof Slot.Booting && slot instanceof Slot.Ready) {
            happenings.add(new WorkerReady(index, worker.pid(), worker.generation(), now.since(worker.spawnedAt())));
        }
        boolean worked = was instanceof Slot.Booting || was instanceof Slot.Ready;
        boolean works = slot instanceof Slot.Booting || slot instanceof Slot.Ready;
        if (worked && !(works && ((Slot.Alive) slot).worker().equals(worker))) {
            happenings.add(new WorkerLost(index, worker.pid(), worker.generation(), loss(was, event, slot, after)));
        }
        if (event instanceof Event.Exited(int pid, Exit exit) && pid == worker.pid()) {
            happenings.add(new WorkerExited(index, pid, worker.generation(), exit, now.since(worker.spawnedAt())));
        }
    }

    private static Loss loss(Slot.Alive was, Event event, Slot slot, Pool after) {
        if (!(after.mode() instanceof Mode.Running)) {
            return Loss.STOPPED;
        }
        if (event instanceof Event.Exited(int pid, var _) && pid == was.worker().pid()) {
            return was instanceof Slot.Booting ? Loss.FAILED_TO_BOOT : Loss.CRASHED;
        }
        if (event instanceof Event.Ordered(int pid, var _)
                && pid == was.worker().pid()) {
            return Loss.KILLED;
        }
        if (event instanceof Event.Reported && slot instanceof Slot.Killed) {
            return Loss.KILLED;
        }
        if (slot instanceof Slot.Dumping) {
            return Loss.HUNG;
        }
        if (slot instanceof Slot.Killed) {
            return Loss.FAILED_TO_BOOT;
        }
        boolean saidSo = event instanceof Event.Reported(int pid, var _)
                && pid == was.worker().pid();
        if (saidSo && slot instanceof Slot.Draining) {
            return Loss.LEFT;
        }
        if (!after.rollout().wants(was.generation())) {
            return Loss.RELEASED;
        }
        return was instanceof Slot.Ready ready && ready.worn().isPresent() ? Loss.WORN : Loss.SURPLUS;
    }
}
