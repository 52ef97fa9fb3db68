package dev.narwhal.undertow.accept;

import dev.narwhal.contract.ScoreboardSlot;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.xnio.XnioIoThread;

/**
 * Empties a worker: queued connections are accepted and answered, requests in flight finish, idle connections are closed after a moment in
 * which a client that is just sending can still be answered (with {@code Connection: close}).
 */
public final class Drain {

    /** How long an idle connection may still bring a request. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private static final long CHECK_MILLIS = 50;

    private final AcceptGate gate;
    private final Connections connections;
    private final ScoreboardSlot slot;
    private final XnioIoThread ioThread;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    public Drain(AcceptGate gate, Connections connections, ScoreboardSlot slot, XnioIoThread ioThread) {
        this.gate = gate;
        this.connections = connections;
        this.slot = slot;
        this.ioThread = ioThread;
    }

    /** Starts to drain. The result completes when nothing is left to do. */
    public CompletableFuture<Void> start() {
        gate.drain();
        ioThread.execute(this::check);
        return done;
    }

    private void check() {
        connections.closeIdle(LINGER);
        if (gate.drained() && slot.inFlight() == 0 && connections.isEmpty()) {
            done.complete(null);
        } else {
            var _ = ioThread.executeAfter(this::check, CHECK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
