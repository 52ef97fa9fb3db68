package dev.narwhal.session.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The time in which a server does not answer. Nobody else asks it then, so that no request waits, and no I/O thread: a thread of the outage's own
 * asks it again and again until it answers.
 *
 * <p>Any thread.
 */
final class Outage implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final BooleanSupplier probe;
    private final AtomicBoolean on = new AtomicBoolean();
    /** Of {@link System#nanoTime}. */
    private volatile long ended = System.nanoTime();

    private volatile boolean closed;

    /** @param probe asks the server, and says whether it has answered */
    Outage(BooleanSupplier probe) {
        this.probe = probe;
    }

    boolean isOn() {
        return on.get();
    }

    /**
     * Whether the failure of a call may be the beginning of an outage: it is none, when it belongs to one that has ended since.
     *
     * @param start when the call was made, of {@link System#nanoTime}
     */
    boolean concerns(long start) {
        return start - ended >= 0;
    }

    void begins() {
        if (!closed && on.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("redis-probe").start(this::probe);
        }
    }

    private void probe() {
        do {
            LockSupport.parkNanos(PAUSE.toNanos());
        } while (!closed && !probe.getAsBoolean());
        ended = System.nanoTime();
        on.set(false);
    }

    /** Ends the thread as soon as it has its answer, or the timeout. */
    @Override
    public void close() {
        closed = true;
    }
}
