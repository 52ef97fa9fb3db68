package dev.narwhal.undertow.session;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Says when it is time to say again what is true of every request. */
final class Seldom {

    private static final long INTERVAL = Duration.ofSeconds(10).toNanos();

    private final AtomicLong next = new AtomicLong(Long.MIN_VALUE);

    boolean now(long nanoTime) {
        long due = next.get();
        return (due == Long.MIN_VALUE || nanoTime - due >= 0) && next.compareAndSet(due, nanoTime + INTERVAL);
    }
}
