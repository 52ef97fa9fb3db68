package dev.narwhal.undertow.watch;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands still while the process does: in a suspended machine, after SIGSTOP, in a pause of the garbage collector. Whoever comes back from a short
 * sleep much too late was not running, and neither was anybody else. One thread sleeps by it; any thread reads it.
 */
final class WorkingClock {

    private static final Duration STANDSTILL = Duration.ofSeconds(1);

    private final AtomicLong stoodStill = new AtomicLong();
    private long before = System.nanoTime();

    long now() {
        return System.nanoTime() - stoodStill.get();
    }

    void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
        long now = System.nanoTime();
        long late = now - before - duration.toNanos();
        if (late > STANDSTILL.toNanos()) {
            stoodStill.addAndGet(late);
        }
        before = now;
    }
}
