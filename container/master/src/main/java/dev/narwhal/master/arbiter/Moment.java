package dev.narwhal.master.arbiter;

import java.time.Duration;

/**
 * A reading of {@link System#nanoTime()}: the clock of every wait and of the workers' heartbeats. It never jumps when somebody
 * sets the time of day. Only moments less than 292 years apart compare.
 */
public record Moment(long nanos) implements Comparable<Moment> {

    public Moment plus(Duration duration) {
        return new Moment(nanos + duration.toNanos());
    }

    public Duration since(Moment earlier) {
        return Duration.ofNanos(nanos - earlier.nanos);
    }

    /** Whether a deadline at {@code other} has passed now. */
    public boolean reached(Moment other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(Moment other) {
        // By difference: nanoTime may be negative and may wrap around.
        return Long.signum(nanos - other.nanos);
    }
}
