package dev.narwhal.master.arbiter;

import java.util.Optional;

/** The state of a place for one worker. A state that waits for something has the moment when it waits no more. */
public sealed interface Slot {

    /** The generation of the worker that is, was or will be here; 0 if there was none that matters. */
    int generation();

    /** Nobody is here. {@code deaths}: how many workers of this generation died young here in a row. */
    record Empty(int generation, int deaths) implements Slot {
        static final Empty VACANT = new Empty(0, 0);
    }

    /** Nobody is here, and nobody takes the place of the worker that died young before {@code until}. */
    record Backoff(int generation, int deaths, Moment until) implements Slot {

        /** Whether another worker will most likely die young too. */
        public boolean crashLoop() {
            return deaths >= Settings.CRASH_LOOP;
        }
    }

    /** {@link Effect.Spawn} was asked for; its answer has not come. */
    record Spawning(int generation, int deaths) implements Slot {}

    /** A process is here. */
    sealed interface Alive extends Slot {
        Worker worker();

        @Override
        default int generation() {
            return worker().generation();
        }
    }

    /** Up, but not ready. {@code reopen}: the logs were rotated meanwhile, which it can be told only when it is ready. */
    record Booting(Worker worker, Moment bootBy, boolean reopen) implements Alive {}

    /**
     * Serving.
     *
     * @param worn why another worker is to take its place, if one is
     */
    record Ready(Worker worker, Moment readyAt, Moment beatBy, Optional<String> worn) implements Alive {

        Ready(Worker worker, Moment readyAt, Moment beatBy) {
            this(worker, readyAt, beatBy, Optional.empty());
        }

        Ready beatBy(Moment moment) {
            return new Ready(worker, readyAt, moment, worn);
        }

        Ready worn(String reason) {
            return new Ready(worker, readyAt, beatBy, Optional.of(reason));
        }
    }

    /**
     * Of the release before: it takes no connection, and waits for a rollback.
     *
     * @param worn why another worker is to take its place if it serves again
     */
    record Paused(Worker worker, Moment beatBy, Optional<String> worn) implements Alive {

        Paused beatBy(Moment moment) {
            return new Paused(worker, moment, worn);
        }

        Paused worn(String reason) {
            return new Paused(worker, beatBy, Optional.of(reason));
        }
    }

    /** Hung; QUIT was sent, and the JVM prints its threads. */
    record Dumping(Worker worker, Moment killAt) implements Alive {}

    /**
     * Finishing what it has begun; it was sent TERM, or drains of its own accord.
     *
     * @param young it does so of its own accord, before or just after it was ready. It keeps its seat until it exits, or a release that always
     *     does this would be respawned without a wait
     */
    record Draining(Worker worker, Moment since, Moment killAt, boolean young) implements Alive {}

    /** KILL was sent. */
    record Killed(Worker worker, Moment since, Moment again) implements Alive {}

    /** When {@link Event.Tick} changes this state. */
    default Optional<Moment> deadline() {
        return switch (this) {
            case Empty _, Spawning _ -> Optional.empty();
            case Backoff backoff -> Optional.of(backoff.until());
            case Booting booting -> Optional.of(booting.bootBy());
            case Ready ready -> Optional.of(ready.beatBy());
            case Paused paused -> Optional.of(paused.beatBy());
            case Dumping dumping -> Optional.of(dumping.killAt());
            case Draining draining -> Optional.of(draining.killAt());
            case Killed killed -> Optional.of(killed.again());
        };
    }

    /** Whether a worker serves here or is to serve here: what the target counts. */
    default boolean seat() {
        return switch (this) {
            case Backoff _, Spawning _, Booting _, Ready _ -> true;
            case Draining draining -> draining.young();
            case Empty _, Paused _, Dumping _, Killed _ -> false;
        };
    }

    /** Whether this slot takes memory that a further worker would want. What survives KILL is not waited for. */
    default boolean costly() {
        return switch (this) {
            case Spawning _, Booting _, Ready _, Dumping _, Draining _ -> true;
            case Empty _, Backoff _, Paused _, Killed _ -> false; // memory for the paused is the operator's choice
        };
    }
}
