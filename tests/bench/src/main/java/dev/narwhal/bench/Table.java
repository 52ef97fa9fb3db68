package dev.narwhal.bench;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The results as text. */
final class Table {

    private static final String FORM = "%-16s %9s %19s %8s %8s %8s %6s %9s %7s%n";

    /** Above it a server was not warm in the first round. */
    private static final double COLD = 1.3;

    private Table() {}

    static String of(List<Results.Row> rows) {
        var text = new StringBuilder(FORM.formatted(
                "server", "req/s", "min..max", "p50 ms", "p99 ms", "CPU µs", "ratio", "CPU ratio", "errors"));
        for (var row : rows) {
            text.append(FORM.formatted(
                    row.server(),
                    whole(row.rate()),
                    whole(row.least()) + ".." + whole(row.most()),
                    decimals(row.p50Millis(), 2),
                    decimals(row.p99Millis(), 2),
                    decimals(row.cpuMicros(), 1),
                    ratio(row.ratio()),
                    ratio(row.cpuRatio()),
                    row.errors()));
        }
        for (var row : rows) {
            if (!row.error().isEmpty()) {
                text.append(row.server()).append(": ").append(row.error()).append('\n');
            }
            if (row.coldness() > COLD) {
                text.append(row.server())
                        .append(": not warm at first: an answer took ")
                        .append(decimals(row.coldness(), 1))
                        .append(" times the processor time that it took at last; give a longer --warmup\n");
            }
            if (row.reopened() > 0) {
                text.append(row.server())
                        .append(": closed ")
                        .append(row.reopened())
                        .append(" keep-alive connections after an answer\n");
            }
        }
        return text.toString();
    }

    private static String ratio(@Nullable Double value) {
        return value == null ? "-" : decimals(value, 2);
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String decimals(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
