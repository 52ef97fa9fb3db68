package dev.narwhal.undertow.dispatch;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * Tells CPU time from time in which a thread waited for a core or for the collector. Asking the kernel costs too much for every burst, so on the
 * loop it is asked now and then, and again after a burst that took long. Belongs to one thread.
 */
final class CpuMeter {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long STALE_NANOS = Duration.ofMillis(2).toNanos();

    private long wallMark = System.nanoTime() - STALE_NANOS;
    private long cpuMark;

    /** The current platform thread's CPU time so far, in nanoseconds. */
    static long now() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** Before a burst: makes sure that there is a mark from not long ago. */
    void mark(long wallNow) {
        if (wallNow - wallMark >= STALE_NANOS) {
            wallMark = wallNow;
            cpuMark = now();
        }
    }

    /** CPU time since the mark, which may be up to 2 ms more than the burst's own. */
    long sinceMark() {
        return now() - cpuMark;
    }
}
