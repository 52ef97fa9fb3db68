package dev.narwhal.master.arbiter;

import dev.narwhal.contract.ExitCode;
import org.slf4j.event.Level;

/** What the edge is to do, in the order given. */
public sealed interface Effect {

    /** Start the preparing child; answered by {@link Event.Prepared} or {@link Event.PrepareFailed}. */
    record Prepare(int generation) implements Effect {}

    /** Reset the scoreboard slot and start a worker; answered by {@link Event.Spawned} or {@link Event.SpawnFailed} at once. */
    record Spawn(int slot, int generation) implements Effect {}

    record Signal(int pid, WorkerSignal signal) implements Effect {}

    /** Mark the scoreboard slot as empty, so that no sibling leaves connections to a worker that is gone. */
    record Vacate(int slot) implements Effect {}

    record Log(Level level, String text) implements Effect {}

    /** Log {@code text}, followed by the counters and the requests in flight that the scoreboard has of the slot. */
    record LogInFlight(Level level, int slot, String text) implements Effect {}

    /** That generation serves from now on: what is configured for it holds for the master too. */
    record Adopt(int generation) implements Effect {}

    /** All wanted workers serve, for the first time. */
    record AllReady(int workers) implements Effect {}

    /** Start another master, to take this one's place; what becomes of it comes as {@link Event.Succession}. */
    record StartSuccessor() implements Effect {}

    record SignalSuccessor(WorkerSignal signal) implements Effect {}

    /** Give the successor all that only one master can have: pid file, control socket, ops address, systemd's ear. */
    record HandOver(int pid) implements Effect {}

    /** No worker is left: end what else runs, such as a preparing child, and exit. The last effect of all. */
    record Stop(ExitCode code) implements Effect {}
}
