package dev.narwhal.undertow.dispatch;

import java.time.Duration;

/**
 * Whether the requests of a route are mostly so quick that waking a thread for each would cost more than they do.
 *
 * <p>Written by several threads without synchronization: a lost measurement does no harm.
 */
final class Pace {

    /** Wall time of a quick request: many times its own work on a machine with little to do, a few times what it costs to wake a thread. */
    static final Duration QUICK = Duration.ofNanos(200_000);

    static final int WINDOW = 64;

    private static final int TOLERATED = WINDOW / 16;

    private volatile boolean quick;
    private int measured;
    private int slow;

    boolean isQuick() {
        return quick;
    }

    void took(long nanos) {
        if (nanos > QUICK.toNanos()) {
            slow++;
        }
        if (++measured >= WINDOW) {
            quick = slow <= TOLERATED;
            measured = 0;
            slow = 0;
        }
    }
}
