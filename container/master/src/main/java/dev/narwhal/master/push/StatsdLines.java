package dev.narwhal.master.push;

import dev.narwhal.master.config.PushRules.Flavor;
import dev.narwhal.master.observe.Measure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Numbers as lines of StatsD. It counts for itself: a counter is told by how much it has grown since the last time, and a time as one event.
 *
 * <p>What took so long so often is one line all the same: the mean, with a sample rate of one in as many, which every StatsD counts as often. Where it is
 * known how many took how long, that is a line for each bound, as if all had taken the middle between it and the one before; so the receiver's
 * percentiles are as good as the bounds are.
 */
final class StatsdLines {

    private static final double MILLIS = 1000;
    private static final int DIGITS = 6;
    private static final String SECONDS = ".seconds";
    private static final Pattern NOT_IN_A_NAME = Pattern.compile("[^A-Za-z0-9_-]");
    private static final Pattern NOT_IN_A_TAG = Pattern.compile("[\\s,=:|#@]");

    private final Flavor flavor;
    private final String prefix;
    private final Map<String, String> tags;
    private Map<Part, Double> sums = Map.of();
    private Set<Key> levels = Set.of();

    /**
     * Nothing was sent yet.
     *
     * @param prefix of all names, empty for none
     * @param tags for all lines, in flavors that have them
     */
    StatsdLines(Flavor flavor, String prefix, Map<String, String> tags) {
        this.flavor = flavor;
        this.prefix = prefix.isEmpty() ? "" : prefix + ".";
        this.tags = Map.copyOf(tags);
    }

    private record Key(String name, SequencedMap<String, String> labels) {
        private static Key of(Measure measure) {
            return new Key(measure.name(), measure.labels());
        }
    }

    /** One of the sums of a measure. */
    private record Part(Key key, int index) {}

    /** These were sent, and what comes is the difference to them. */
    void sent(List<Measure> measures) {
        var told = new HashMap<Part, Double>();
        var seen = new HashSet<Key>();
        for (var measure : measures) {
            var key = Key.of(measure);
            switch (measure) {
                case Measure.Count count -> told.put(new Part(key, 0), count.value());
                case Measure.Level level -> {
                    if (Double.isFinite(level.value())) {
                        seen.add(key);
                    }
                }
                case Measure.Times times -> {
                    told.put(new Part(key, 0), (double) times.count());
                    told.put(new Part(key, 1), times.sum());
                }
                case Measure.Spread spread -> {
                    for (int i = 0; i < spread.counts().size(); i++) {
                        told.put(new Part(key, i), (double) spread.counts().get(i));
                    }
                }
            }
        }
        sums = told;
        levels = seen;
    }

    /** What is new since what was sent, which these are not yet. */
    List<String> of(List<Measure> measures) {
        var lines = new ArrayList<String>();
        var gone = new HashSet<>(levels);
        for (var measure : measures) {
            var key = Key.of(measure);
            switch (measure) {
                case Measure.Count count -> {
                    double more = since(key, 0, count.value());
                    if (more > 0) {
                        lines.add(line(key, count.name(), plain(more) + "|c"));
                    }
                }
                case Measure.Level level -> {
                    if (Double.isFinite(level.value())) {
                        gone.remove(key);
                        lines.add(line(key, level.name(), plain(Math.max(0, level.value())) + "|g"));
                    }
                }
                case Measure.Times times -> {
                    double more = since(key, 0, (double) times.count());
                    if (more > 0) {
                        lines.add(time(key, Math.max(0, since(key, 1, times.sum())) / more, more));
                    }
                }
                case Measure.Spread spread -> {
                    for (int i = 0; i < spread.counts().size(); i++) {
                        double more = since(key, i, (double) spread.counts().get(i));
                        if (more > 0) {
                            lines.add(time(key, middle(spread.bounds(), i), more));
                        }
                    }
                }
            }
        }
        // A receiver would show the last number of a worker that is gone for ever.
        gone.forEach(key -> lines.add(line(key, key.name(), "0|g")));
        return lines;
    }

    private double since(Key key, int index, double now) {
        return now - sums.getOrDefault(new Part(key, index), 0.0);
    }

    private static double middle(List<Double> bounds, int index) {
        double from = index == 0 ? 0 : bounds.get(index - 1);
        return index < bounds.size() ? (from + bounds.get(index)) / 2 : from;
    }

    private String time(Key key, double seconds, double times) {
        var name = key.name().endsWith(SECONDS)
                ? key.name().substring(0, key.name().length() - SECONDS.length())
                : key.name();
        var rate = times > 1 ? "|@" + BigDecimal.valueOf(rate(times)).toPlainString() : "";
        return line(key, name, plain(seconds * MILLIS) + "|ms" + rate);
    }

    /** Some receivers cut off what is behind the point of its inverse, which must not be less. */
    private static double rate(double times) {
        double rate = 1 / times;
        while (1 / rate < times) {
            rate = Math.nextDown(rate);
        }
        return rate;
    }

    private String line(Key key, String name, String value) {
        var all = new LinkedHashMap<>(key.labels());
        return prefix
                + switch (flavor) {
                    case ETSY ->
                        name
                                + all.entrySet().stream()
                                        .map(label -> "." + part(label.getKey()) + "." + part(label.getValue()))
                                        .collect(Collectors.joining())
                                + ":" + value;
                    case DATADOG -> {
                        all.putAll(tags);
                        yield name + ":" + value + (all.isEmpty() ? "" : "|#" + tags(all, ":"));
                    }
                    case TELEGRAF -> {
                        all.putAll(tags);
                        yield name + (all.isEmpty() ? "" : "," + tags(all, "=")) + ":" + value;
                    }
                };
    }

    private static String tags(Map<String, String> all, String between) {
        return all.entrySet().stream()
                .map(tag -> tag.getKey()
                        + between
                        + NOT_IN_A_TAG.matcher(tag.getValue()).replaceAll("_"))
                .collect(Collectors.joining(","));
    }

    private static String part(String text) {
        return NOT_IN_A_NAME.matcher(text).replaceAll("_");
    }

    private static String plain(double value) {
        return value == Math.rint(value)
                ? BigDecimal.valueOf(value)
                        .setScale(0, RoundingMode.UNNECESSARY)
                        .toPlainString()
                : BigDecimal.valueOf(value)
                        .setScale(DIGITS, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
