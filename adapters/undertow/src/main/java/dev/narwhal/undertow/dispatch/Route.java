package dev.narwhal.undertow.dispatch;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been measured of a servlet under one of its URL patterns, and what follows: whether its requests run on the event loop.
 *
 * <p>Nothing preempts a virtual thread, so whatever runs on the loop delays every other connection by as long as it runs until its next
 * wait: its burst. A new route runs on the default scheduler. When its bursts have proved short, it moves to the
 * loop; one long burst there takes it off again, and each time it takes twice the evidence to come back.
 *
 * <p>What counts is CPU time: on a busy machine a burst may take long because another process has the core, and that says nothing about the
 * route. Time that a burst spends blocked without giving up the loop, as in a native method, counts from {@link #STALL} on.
 *
 * <p>Written by the I/O thread and by the default scheduler's threads without synchronization: a lost measurement does no harm.
 */
public final class Route {

    /** CPU time of a burst that may run on the loop. */
    static final Duration SHORT = Duration.ofNanos(500_000);
    /** CPU time of a burst that may not. */
    static final Duration LONG = Duration.ofMillis(20);
    /** Wall time of a burst that may not, whatever it was spent on. */
    static final Duration STALL = Duration.ofMillis(200);

    static final int EVIDENCE = 64;

    private static final int MOST_EVIDENCE = 1 << 20;
    private static final int TOLERATED = 16; // one in so many may be longer than SHORT
    private static final Logger log = LoggerFactory.getLogger(Route.class);

    private final String name;
    private final Pace pace = new Pace();
    private volatile boolean onLoop;
    private int evidence = EVIDENCE;
    private int measured;
    private int overlong;

    /** A route under a name for the log: context path, pattern and servlet. */
    public Route(String name) {
        this.name = name;
    }

    /** How long its requests take, measured where each has a thread of its own. */
    Pace pace() {
        return pace;
    }

    boolean onLoop() {
        return onLoop;
    }

    void ranOnLoop(long wallNanos, CpuMeter cpu) {
        if (wallNanos > LONG.toNanos() && onLoop && (wallNanos > STALL.toNanos() || cpu.sinceMark() > LONG.toNanos())) {
            forget();
            leaveLoop(wallNanos);
        }
    }

    void ranElsewhere(long cpuNanos) {
        if (onLoop) {
            return;
        }
        if (cpuNanos > LONG.toNanos()) {
            forget();
        } else {
            prove(cpuNanos);
        }
    }

    private void prove(long nanos) {
        measured++;
        if (nanos > SHORT.toNanos() && ++overlong > evidence / TOLERATED) {
            forget();
        } else if (measured >= evidence) {
            forget();
            onLoop = true;
            log.debug("route {} proved short; it runs on the event loop from now on bursts={}", name, evidence);
        }
    }

    private void forget() {
        measured = 0;
        overlong = 0;
    }

    private void leaveLoop(long wallNanos) {
        onLoop = false;
        evidence = Math.min(evidence * 2, MOST_EVIDENCE);
        log.warn(
                "route {} held the event loop for {} ms; it goes to the default scheduler until {} short bursts are seen loop-lag-ms={}",
                name,
                wallNanos / 1_000_000,
                evidence,
                wallNanos / 1_000_000);
    }
}
