package dev.narwhal.master.arbiter;

import dev.narwhal.contract.ExitCode;
import java.util.Optional;

/** Whether another master, the successor, is to take this one's place. */
public sealed interface Upgrade {

    /** How many upgrades were asked for, refused ones included; one asked for during another does not count. */
    int attempts();

    /** None was asked for. */
    record Idle() implements Upgrade {
        @Override
        public int attempts() {
            return 0;
        }
    }

    /**
     * The successor starts; this master serves meanwhile as ever.
     *
     * @param pid the successor's, 0 before it is known
     * @param by when it is given up; without, its own limits end what it does
     */
    record Underway(int attempts, int pid, Phase phase, Optional<Moment> by) implements Upgrade {

        Underway reached(Phase next, Optional<Moment> limit) {
            return new Underway(attempts, pid, next, limit);
        }
    }

    /** How far the successor has come. */
    enum Phase {
        STARTING,
        PREPARING,
        BOOTING
    }

    /** The successor was told to end, or ends of its own accord. {@code reason}: why. */
    record Withdrawing(int attempts, int pid, ExitCode code, String reason, Moment killAt) implements Upgrade {}

    /** There is no successor any more; this master goes on. */
    record Failed(int attempts, ExitCode code, String reason) implements Upgrade {}

    /** The successor serves, and this master only lets its workers finish. */
    record Done(int attempts, int pid) implements Upgrade {}

    /** Whether there is a process that is neither in this master's place nor gone. */
    default boolean underway() {
        return switch (this) {
            case Underway _, Withdrawing _ -> true;
            case Idle _, Failed _, Done _ -> false;
        };
    }

    /** The successor's pid, 0 if there is none. */
    default int pid() {
        return switch (this) {
            case Underway underway -> underway.pid;
            case Withdrawing withdrawing -> withdrawing.pid;
            case Done done -> done.pid;
            case Idle _, Failed _ -> 0;
        };
    }

    /** When {@link Event.Tick} changes this. */
    default Optional<Moment> deadline() {
        return switch (this) {
            case Underway underway -> underway.by;
            case Withdrawing withdrawing -> Optional.of(withdrawing.killAt);
            case Idle _, Failed _, Done _ -> Optional.empty();
        };
    }
}
