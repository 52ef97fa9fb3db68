package dev.narwhal.undertow.accept;

import dev.narwhal.contract.ScoreboardSlot;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.xnio.XnioIoThread;

/**
 * Empties a worker: queued connections are accepted and answered, requests in flight finish, idle connections are closed after a moment in
 * which a client that is just sending can still be answered (with {@code Connection: close}). Connections that were upgraded are left to whoever
 * speaks on them until shortly before the worker would be killed.
 */
public final class Drain {

    /** How long an idle connection may still bring a request. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    /** How long before the worker would be killed upgraded connections are closed, if there is so much time. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private static final long CHECK_MILLIS = 50;

    private final AcceptGate gate;
    private final Connections connections;
    private final ScoreboardSlot slot;
    private final XnioIoThread ioThread;
    private final Duration patience;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    /** @param limit when the worker will be killed */
    public Drain(AcceptGate gate, Connections connections, ScoreboardSlot slot, XnioIoThread ioThread, Duration limit) {
        this.gate = gate;
        this.connections = connections;
        this.slot = slot;
        this.ioThread = ioThread;
        this.patience = limit.compareTo(FAREWELL.multipliedBy(2)) > 0 ? limit.minus(FAREWELL) : limit.dividedBy(2);
    }

    /** Starts to drain. The result completes when nothing is left to do. */
    public CompletableFuture<Void> start() {
        gate.drain();
        ioThread.execute(this::check);
        var _ = ioThread.executeAfter(connections::closeUpgraded, patience.toMillis(), TimeUnit.MILLISECONDS);
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
