package dev.narwhal.master.arbiter;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.WorkerMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A fact that reached the master. About a pid that is in no slot any more, it is ignored. */
public sealed interface Event {

    /**
     * {@link Effect.Prepare} succeeded.
     *
     * @param workers how many workers the configuration and this release call for
     * @param settings what is configured for it, if that was read again
     */
    record Prepared(int generation, int workers, Optional<Settings> settings) implements Event {

        public Prepared(int generation, int workers) {
            this(generation, workers, Optional.empty());
        }
    }

    /** {@link Effect.Prepare} failed. {@code detail}: a stack trace for {@code --log-level debug}, or empty. */
    record PrepareFailed(int generation, ExitCode code, String reason, String detail) implements Event {}

    /** {@link Effect.Spawn} succeeded. */
    record Spawned(int slot, int pid) implements Event {}

    /** {@link Effect.Spawn} failed; nothing is left of it. */
    record SpawnFailed(int slot, String reason) implements Event {}

    /** A worker wrote a line on its pipe. */
    record Reported(int pid, WorkerMessage message) implements Event {}

    /** The scoreboard has a newer heartbeat of a worker, of the moment {@code at}. */
    record Beat(int pid, Moment at) implements Event {}

    /** The master did not run for so long, and so perhaps no worker did: it was stopped, or the machine suspended. Comes before the next Tick. */
    record StoodStill(Duration time) implements Event {}

    /** A worker ended and was reaped; all that it reported came before. */
    record Exited(int pid, Exit exit) implements Event {}

    /** Something happened to the master that is to take this one's place. */
    record Succession(Successor fact) implements Event {}

    /** The scoreboard's numbers of all slots; come before a Tick while a release is {@link Rollout.Watching watched}. */
    record Counted(List<Canary.Tally> slots) implements Event {

        public Counted {
            slots = List.copyOf(slots);
        }
    }

    /** The load; comes before a Tick when {@link Pool#look()} has come. */
    record Measured(Load load) implements Event {}

    /** What {@link Pool#asked()} says of the master before, which has been told something else since this one was started. */
    record Bequeathed(OptionalInt asked) implements Event {}

    /** The operator wants the release before back. */
    record Rollback() implements Event {}

    record Signalled(MasterSignal signal) implements Event {}

    /** An operator wants something of one worker. */
    record Ordered(int pid, WorkerOrder order) implements Event {}

    /** {@link Pool#nextDeadline()} has come. Deadlines pass in this event only. */
    record Tick() implements Event {}
}
