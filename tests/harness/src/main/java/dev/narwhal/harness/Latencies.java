package dev.narwhal.harness;

import java.time.Duration;
import java.util.stream.LongStream;

/** How long requests took. */
public final class Latencies {

    private final long[] sorted;

    /** Of nanoseconds, in any order. */
    public Latencies(LongStream nanos) {
        sorted = nanos.sorted().toArray();
    }

    public int count() {
        return sorted.length;
    }

    /** The time within which {@code share} (0 to 1) of the requests were answered. */
    public Duration percentile(double share) {
        if (sorted.length == 0) {
            throw new AssertionError("taking a percentile of latencies: no request was answered");
        }
        return Duration.ofNanos(sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))]);
    }

    /**
     * As if a client had sent a request every {@code interval}: while one of its requests is not answered, those that it could
     * not send wait too (Tene's correction of coordinated omission).
     */
    public Latencies corrected(Duration interval) {
        long step = interval.toNanos();
        return new Latencies(LongStream.of(sorted)
                .flatMap(latency -> LongStream.iterate(latency, left -> left > 0, left -> left - step)));
    }

    public Duration longest() {
        return percentile(1);
    }

    @Override
    public String toString() {
        return count() == 0
                ? "none"
                : "%d requests, p50 %.1f ms, p99 %.1f ms, longest %.1f ms"
                        .formatted(count(), millis(0.5), millis(0.99), millis(1));
    }

    private double millis(double share) {
        return percentile(share).toNanos() / 1e6;
    }
}
