package dev.narwhal.master.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as operators write them: {@code 30} and {@code 30s} are seconds; {@code 500ms}, {@code 2m}, {@code 1h}. */
final class DurationSyntax {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})\\s*(ms|s|m|h|)");
    private static final Duration MOST = Duration.ofHours(24);

    private DurationSyntax() {}

    /** Any duration from {@code least} to a day. */
    static Syntax<Duration> atLeast(Duration least) {
        return between(least, MOST);
    }

    static Syntax<Duration> between(Duration least, Duration most) {
        var expected = "a duration from " + write(least) + " to " + write(most) + ", such as 30 or 30s, 500ms, 2m";
        return new Syntax<>(
                expected,
                text -> {
                    var form = FORM.matcher(text);
                    if (form.matches()) {
                        var duration = read(form);
                        if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                            return duration;
                        }
                    }
                    throw new BadValueException("'" + text + "' is not " + expected + ".");
                },
                DurationSyntax::write);
    }

    private static Duration read(Matcher form) {
        long amount = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofSeconds(amount);
        };
    }

    private static String write(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds > 0 && seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds + "s";
    }
}
