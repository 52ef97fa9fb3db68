package dev.narwhal.master.serve;

import dev.narwhal.contract.ScoreboardSlot;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the scoreboard has of a worker, as the end of a log line. */
final class InFlight {

    private static final int MOST_SHOWN = 5;

    private InFlight() {}

    /** {@code requests=812 in-flight=2 connections=7 oldest: GET /report (31.4 s), GET /x (0.2 s)}, with a space before it. */
    static String describe(ScoreboardSlot slot, long now) {
        var counters = slot.counters();
        var requests = slot.requests(now);
        var text = " requests=%d in-flight=%d connections=%d"
                .formatted(counters.requests(), counters.inFlight(), counters.connections());
        if (requests.isEmpty()) {
            return text;
        }
        int more = Math.max(counters.inFlight(), requests.size()) - Math.min(MOST_SHOWN, requests.size());
        return text
                + requests.stream()
                        .limit(MOST_SHOWN)
                        .map(request ->
                                "%s %s (%s)".formatted(request.method(), request.path(), seconds(request.age())))
                        .collect(Collectors.joining(", ", " oldest: ", more > 0 ? ", and " + more + " more" : ""));
    }

    private static String seconds(Duration age) {
        return String.format(Locale.ROOT, "%.1f s", age.toMillis() / 1000.0);
    }
}
