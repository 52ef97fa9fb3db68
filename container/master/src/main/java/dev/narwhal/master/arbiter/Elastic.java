package dev.narwhal.master.arbiter;

import java.time.Duration;

/**
 * The rules by which the number of workers follows the load.
 *
 * @param least how many there always are
 * @param most how many there may be; so many fit the memory
 * @param permits how many requests a worker takes at once
 * @param cores processors that all workers together may use
 * @param share of them that a worker plans for
 * @param grow how long the load must have called for one more
 * @param shrink how long one less must have been enough
 */
public record Elastic(int least, int most, int permits, int cores, int share, Duration grow, Duration shrink) {

    /** A mean wait for a thread that a client would notice. */
    static final Duration LONG_WAIT = Duration.ofMillis(50);

    /** From this share of what the workers can do on, their queues grow faster than the load. */
    static final double BUSY = 0.8;

    /** What one worker less may have to do. Far below {@link #BUSY}, so that nobody is missed as soon as they are gone. */
    static final double CALM = 0.5;

    private static final Duration MOST_LOOK = Duration.ofSeconds(1);
    private static final int LOOKS = 3;

    public Elastic {
        if (least < 1 || least > most) {
            throw new IllegalArgumentException("planning between %d and %d workers".formatted(least, most));
        }
    }

    /** How often the load is looked at: a single look proves nothing. */
    Duration look() {
        var shortest = grow.compareTo(shrink) < 0 ? grow : shrink;
        var third = shortest.dividedBy(LOOKS);
        return third.compareTo(MOST_LOOK) < 0 ? third : MOST_LOOK;
    }

    int clamp(int workers) {
        return Math.clamp(workers, least, most);
    }

    /** The same as far as there are places. */
    Elastic within(int places) {
        int highest = Math.min(most, places);
        return new Elastic(Math.min(least, highest), highest, permits, cores, share, grow, shrink);
    }
}
