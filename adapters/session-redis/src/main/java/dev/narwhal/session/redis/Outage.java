package dev.narwhal.session.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Lets one call at a time try a server that did not answer; the others need not wait for the timeout. Any thread. */
final class Outage {

    private static final long NONE = 0;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Duration timeout;
    private final AtomicLong nextTry = new AtomicLong(NONE);

    Outage(Duration timeout) {
        this.timeout = timeout;
    }

    /** @param now of {@link System#nanoTime} */
    boolean mayTry(long now) {
        long next = nextTry.get();
        return next == NONE || (now - next >= 0 && nextTry.compareAndSet(next, after(now, timeout.plus(PAUSE))));
    }

    void failed(long now) {
        nextTry.set(after(now, PAUSE));
    }

    void answered() {
        if (nextTry.get() != NONE) {
            nextTry.set(NONE);
        }
    }

    private static long after(long now, Duration duration) {
        long at = now + duration.toNanos();
        return at == NONE ? 1 : at;
    }
}
