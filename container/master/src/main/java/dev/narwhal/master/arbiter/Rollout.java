package dev.narwhal.master.arbiter;

import java.util.List;
import java.util.Optional;

/** Which generations workers are spawned of. {@code current} is 0 until a worker was ready for the first time. */
public sealed interface Rollout {

    /** The newest generation of which a worker was ever ready. */
    int current();

    /** All workers are to be of one generation, and are. */
    record Steady(int current) implements Rollout {}

    /** The next generation is being prepared. */
    record Preparing(int current, int next) implements Rollout {}

    /**
     * The next generation boots, and none of its workers was ready yet: it may still be refused.
     *
     * @param workers how many workers it calls for
     */
    record Trying(int current, int next, int workers) implements Rollout {}

    /**
     * The first worker of the next generation serves beside the others, and is watched: the generation may still be refused.
     *
     * @param workers how many workers it calls for
     * @param slot where that worker is
     * @param until when it has proved itself
     * @param look when to look at it next
     * @param base what all slots had answered when the watch began, once that is known
     */
    record Watching(
            int current, int next, int workers, int slot, Moment until, Moment look, Optional<List<Canary.Tally>> base)
            implements Rollout {

        Watching from(List<Canary.Tally> slots) {
            return new Watching(current, next, workers, slot, until, look, Optional.of(List.copyOf(slots)));
        }

        Watching lookAt(Moment moment) {
            return new Watching(current, next, workers, slot, until, moment, base);
        }
    }

    /** The current generation has proved itself and replaces the workers of earlier ones. */
    record Replacing(int current) implements Rollout {}

    /** The generation that takes the place of what dies, or 0 if nothing is to be spawned yet. */
    default int replacement() {
        return this instanceof Trying(int current, int next, var _) && current == 0 ? next : current();
    }

    /** Whether it is open if that generation works at all. */
    default boolean tries(int generation) {
        return switch (this) {
            case Trying trying -> trying.next() == generation;
            case Watching watching -> watching.next() == generation;
            case Steady _, Preparing _, Replacing _ -> false;
        };
    }

    /** Whether that generation boots beside the current one, not counted by the target. */
    default boolean surges(int generation) {
        return current() != 0 && tries(generation);
    }

    default boolean wants(int generation) {
        return generation == replacement() || tries(generation);
    }
}
