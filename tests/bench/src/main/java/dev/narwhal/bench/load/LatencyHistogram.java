package dev.narwhal.bench.load;

import java.util.Arrays;

/**
 * Counts of latencies in buckets whose width grows with the value: each power of two has 128, so a value is known to
 * within 0.8 %.
 */
final class LatencyHistogram {

    private static final int STEP_BITS = 7; // 128 buckets
    /** About 18 minutes; what takes longer counts as that. */
    private static final long MOST_NANOS = (1L << 40) - 1;

    private final long[] counts = new long[index(MOST_NANOS) + 1];
    private long count;
    private long max;

    void record(long nanos) {
        long value = Math.clamp(nanos, 0, MOST_NANOS);
        counts[index(value)]++;
        count++;
        max = Math.max(max, value);
    }

    long max() {
        return max;
    }

    /** The least value that is not below the given part (0 to 1) of all values, rounded up to the end of its bucket; 0 if there are none. */
    long quantile(double part) {
        long rank = Math.max(1, (long) Math.ceil(part * count));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Math.min(highest(i), max);
            }
        }
        return 0;
    }

    void clear() {
        Arrays.fill(counts, 0);
        count = 0;
        max = 0;
    }

    private static int index(long value) {
        int shift = Math.max(0, 63 - Long.numberOfLeadingZeros(value) - STEP_BITS);
        return (shift << STEP_BITS) + (int) (value >>> shift);
    }

    private static long highest(int index) {
        int shift = Math.max(0, (index >>> STEP_BITS) - 1);
        long step = index - ((long) shift << STEP_BITS);
        return ((step + 1) << shift) - 1;
    }
}
