package dev.narwhal.undertow.watch;

import dev.narwhal.contract.WorkerSpec.RequestTimes;
import java.time.Duration;
import java.util.Map;

/** Which limit holds for a path: that of the closest pattern, as servlets are chosen (Servlet 6.1 §12.1). */
final class PathLimits {

    private static final String ALL_BELOW = "/*";

    private final Duration general;
    private final Map<String, Duration> byPattern;

    PathLimits(RequestTimes times) {
        general = times.most();
        byPattern = times.mostFor();
    }

    /** Zero is for ever. */
    Duration of(String path) {
        if (byPattern.isEmpty()) {
            return general;
        }
        var exact = byPattern.get(path);
        if (exact != null) {
            return exact;
        }
        for (int end = path.length(); end >= 0; end = path.lastIndexOf('/', end - 1)) {
            var prefix = byPattern.get(path.substring(0, end) + ALL_BELOW);
            if (prefix != null) {
                return prefix;
            }
        }
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') ? byPattern.getOrDefault("*" + path.substring(dot), general) : general;
    }

    /** Whether any request has a limit. */
    boolean isAny() {
        return general.isPositive() || byPattern.values().stream().anyMatch(Duration::isPositive);
    }

    /** The least of all limits that there are; zero when there is none. */
    Duration least() {
        return byPattern.values().stream()
                .filter(Duration::isPositive)
                .min(Duration::compareTo)
                .filter(least -> general.isZero() || least.compareTo(general) < 0)
                .orElse(general);
    }
}
