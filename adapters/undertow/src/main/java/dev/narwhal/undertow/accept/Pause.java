package dev.narwhal.undertow.accept;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.xnio.XnioIoThread;

/**
 * A worker that takes no connection for a while. Those it has are closed when they have been idle for a moment; what was upgraded stays. Others serve
 * meanwhile.
 */
public final class Pause {

    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final long CHECK_MILLIS = 50;

    private final AcceptGate gate;
    private final Connections connections;
    private final XnioIoThread ioThread;

    /** Only the I/O thread uses it. */
    private boolean paused;

    public Pause(AcceptGate gate, Connections connections, XnioIoThread ioThread) {
        this.gate = gate;
        this.connections = connections;
        this.ioThread = ioThread;
    }

    /** Any thread. */
    public void begin() {
        gate.pause();
        ioThread.execute(() -> {
            if (!paused) {
                paused = true;
                check();
            }
        });
    }

    /** Any thread. */
    public void end() {
        ioThread.execute(() -> paused = false);
        gate.unpause();
    }

    private void check() {
        if (paused) {
            connections.closeIdle(LINGER);
            var _ = ioThread.executeAfter(
                    this::check, connections.isEmpty() ? LINGER.toMillis() : CHECK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
