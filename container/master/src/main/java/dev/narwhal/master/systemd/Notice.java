package dev.narwhal.master.systemd;

import dev.narwhal.master.arbiter.Mode;
import dev.narwhal.master.arbiter.Moment;
import dev.narwhal.master.arbiter.Pool;
import dev.narwhal.master.arbiter.Rollout;
import dev.narwhal.master.arbiter.Slot;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;

/**
 * What systemd can see of a pool.
 *
 * @param status one line for {@code systemctl status}
 * @param busy whether the phase goes on because of workers that boot or drain, for which they have limits of their own
 */
record Notice(Phase phase, String status, boolean busy) {

    static final Notice NOTHING = new Notice(Phase.STARTING, "", false);

    enum Phase {
        STARTING,
        READY,
        RELOADING,
        STOPPING
    }

    static Notice of(Pool pool) {
        var phase = phase(pool);
        return new Notice(
                phase,
                status(pool),
                phase != Phase.READY && pool.slots().stream().anyMatch(Notice::passes));
    }

    /** Whether the arbiter ends this state by itself. */
    private static boolean passes(Slot slot) {
        return switch (slot) {
            case Slot.Empty _, Slot.Ready _, Slot.Paused _ -> false;
            case Slot.Backoff _, Slot.Spawning _, Slot.Booting _, Slot.Dumping _, Slot.Draining _, Slot.Killed _ ->
                true;
        };
    }

    private static Phase phase(Pool pool) {
        if (!(pool.mode() instanceof Mode.Running)) {
            return Phase.STOPPING;
        }
        if (!pool.announced()) {
            return Phase.STARTING;
        }
        return pool.rollout() instanceof Rollout.Steady ? Phase.READY : Phase.RELOADING;
    }

    private static String status(Pool pool) {
        long ready = pool.slots().stream().filter(Slot.Ready.class::isInstance).count();
        var text = ready + " of " + pool.target() + " workers ready, generation "
                + pool.rollout().current();
        return pool.refusal().isEmpty()
                ? text
                : text + "; generation " + pool.refusal().get().generation() + " was refused: "
                        + pool.refusal().get().reason().replaceAll("\\s+", " ");
    }

    /** The lines that tell what has changed since then, or nothing. */
    String since(Notice before, Moment now) {
        var lines = new StringJoiner("\n");
        if (phase != before.phase) {
            switch (phase) {
                case STARTING -> {}
                case READY -> lines.add("READY=1");
                case RELOADING ->
                    lines.add("RELOADING=1").add("MONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(now.nanos()));
                case STOPPING -> lines.add("STOPPING=1");
            }
        }
        if (!status.equals(before.status)) {
            lines.add("STATUS=" + status);
        }
        return lines.toString();
    }
}
