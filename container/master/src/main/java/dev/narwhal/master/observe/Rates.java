package dev.narwhal.master.observe;

import java.util.OptionalDouble;

/**
 * What happened between two looks at a server.
 *
 * @param requests begun, each second
 * @param errors answers of 5xx, each second
 * @param median of the requests that ended, in milliseconds; empty when none did
 * @param most95 what 95 of 100 took at most
 * @param most99 what 99 of 100 took at most
 * @param pauseMillis of all garbage collectors, each second
 */
public record Rates(
        double requests,
        double errors,
        OptionalDouble median,
        OptionalDouble most95,
        OptionalDouble most99,
        double pauseMillis) {

    private static final int SERVER_ERRORS = 4;
    private static final double MILLIS = 1000;

    /** From one look to a later one. */
    public static Rates between(Live before, Live now) {
        double seconds = Math.max(1, now.atMillis() - before.atMillis()) / MILLIS;
        return new Rates(
                Math.max(0, now.status().requests() - before.status().requests()) / seconds,
                (now.statuses().get(SERVER_ERRORS) - before.statuses().get(SERVER_ERRORS)) / seconds,
                percentile(before, now, 0.5),
                percentile(before, now, 0.95),
                percentile(before, now, 0.99),
                Math.max(0, pauses(now) - pauses(before)) / seconds);
    }

    private static long pauses(Live live) {
        return live.status().workers().stream()
                .mapToLong(ServerStatus.Worker::pauseMillis)
                .sum();
    }

    /** Within the bounds that times are counted by, as if all places between them were taken alike. */
    private static OptionalDouble percentile(Live before, Live now, double share) {
        long ended = 0;
        for (int i = 0; i < now.durations().size(); i++) {
            ended += count(before, now, i);
        }
        double wanted = ended * share;
        double seen = 0;
        for (int i = 0; i < now.durations().size() && ended > 0; i++) {
            long count = count(before, now, i);
            if (count > 0 && seen + count >= wanted) {
                double from = i == 0 ? 0 : now.boundsMillis().get(i - 1);
                double to = i < now.boundsMillis().size() ? now.boundsMillis().get(i) : from;
                return OptionalDouble.of(from + (to - from) * (wanted - seen) / count);
            }
            seen += count;
        }
        return OptionalDouble.empty();
    }

    private static long count(Live before, Live now, int bucket) {
        return now.durations().get(bucket) - before.durations().get(bucket);
    }
}
