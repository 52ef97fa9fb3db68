package dev.narwhal.master.arbiter;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which worker leads: one that serves, if any does. Of the newest release that has proved itself, the one that has been ready for the longest, so that
 * the lead moves only when its worker leaves, or a release does.
 */
final class Leadership {

    private Leadership() {}

    static Optional<Worker> of(List<Slot> slots, Rollout rollout) {
        return slots.stream()
                .filter(Slot.Ready.class::isInstance)
                .map(Slot.Ready.class::cast)
                .min(Comparator.comparing((Slot.Ready ready) -> ready.generation() != rollout.current())
                        .thenComparing(Slot.Ready::readyAt)
                        .thenComparingInt(ready -> ready.worker().pid()))
                .map(Slot.Ready::worker);
    }
}
