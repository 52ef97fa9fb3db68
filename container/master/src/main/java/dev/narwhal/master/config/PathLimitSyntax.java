package dev.narwhal.master.config;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code PATTERN=DURATION}, with the patterns that servlets are mapped by (Servlet 6.1 §12.2), from the root of the server. */
final class PathLimitSyntax {

    private static final Syntax<Duration> DURATION = DurationSyntax.atLeast(Duration.ZERO);
    private static final Pattern PATH = Pattern.compile("/[^*=]*|/([^*=]*/)?\\*|\\*\\.[^*/=]+");

    private PathLimitSyntax() {}

    static Syntax<Map.Entry<String, Duration>> of() {
        var expected = "PATTERN=DURATION, such as /reports/*=10m";
        return new Syntax<>(
                expected, PathLimitSyntax::parse, entry -> entry.getKey() + "=" + DURATION.write(entry.getValue()));
    }

    private static Map.Entry<String, Duration> parse(String text) {
        int equals = text.lastIndexOf('=');
        if (equals < 1) {
            throw new BadValueException("'" + text + "' is not PATTERN=DURATION, such as /reports/*=10m.");
        }
        var pattern = text.substring(0, equals).strip();
        if (!PATH.matcher(pattern).matches()) {
            throw new BadValueException("'" + pattern + "' is none of /exact, /prefix/* and *.extension.");
        }
        return Map.entry(pattern, DURATION.parse(text.substring(equals + 1).strip()));
    }
}
