package dev.narwhal.bench;

import dev.narwhal.bench.load.Sample;
import dev.narwhal.bench.server.Contender;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the rounds amount to. */
final class Results {

    /**
     * One server.
     *
     * @param rate right answers in a second, the median of the rounds
     * @param p50Millis the median of the rounds' medians
     * @param p99Millis the median of the rounds' 99th percentiles
     * @param cpuMicros processor time of the server for one answer
     * @param ratio to the better Tomcat of the same round, the median of the rounds; null when there is no Tomcat
     * @param cpuRatio processor time for an answer of the Tomcat that needs less in the same round, divided by its own, the median of
     *     the rounds; null when there is no Tomcat
     * @param coldness processor time for an answer in the first round, divided by that in the last
     * @param errors of all rounds, the warm-up included
     */
    record Row(
            String server,
            double rate,
            double least,
            double most,
            double p50Millis,
            double p99Millis,
            double cpuMicros,
            @Nullable Double ratio,
            @Nullable Double cpuRatio,
            double coldness,
            long errors,
            String error,
            long reopened) {}

    private final List<Contender> contenders;
    private final Map<Contender, List<Sample>> warmups;
    /** One for each contender in each round. */
    private final List<Map<Contender, Sample>> rounds;

    Results(List<Contender> contenders, Map<Contender, List<Sample>> warmups, List<Map<Contender, Sample>> rounds) {
        this.contenders = contenders;
        this.warmups = warmups;
        this.rounds = rounds;
    }

    List<Row> rows() {
        return contenders.stream().map(this::row).toList();
    }

    /** The samples of each server by name, in the order of the rounds. */
    Map<String, List<Sample>> samples() {
        var samples = new LinkedHashMap<String, List<Sample>>();
        contenders.forEach(one -> samples.put(one.name(), of(one)));
        return samples;
    }

    /** How much of one core the load generator used, the median of all samples. */
    double clientLoad() {
        return median(contenders.stream()
                .flatMap(one -> of(one).stream())
                .filter(sample -> sample.nanos() > 0)
                .mapToDouble(sample -> (double) sample.clientCpuNanos() / sample.nanos())
                .toArray());
    }

    boolean failed() {
        return rows().stream().anyMatch(row -> row.errors() > 0);
    }

    private Row row(Contender contender) {
        var samples = of(contender);
        var all = Stream.concat(warmups.getOrDefault(contender, List.of()).stream(), samples.stream())
                .toList();
        return new Row(
                contender.name(),
                median(samples, Sample::rate),
                samples.stream().mapToDouble(Sample::rate).min().orElse(0),
                samples.stream().mapToDouble(Sample::rate).max().orElse(0),
                median(samples, sample -> sample.p50Nanos() / 1e6),
                median(samples, sample -> sample.p99Nanos() / 1e6),
                median(samples, Sample::cpuMicros),
                ratio(contender, Sample::rate),
                ratio(contender, Results::answersForCpu),
                coldness(samples),
                all.stream().mapToLong(Sample::errors).sum(),
                all.stream()
                        .map(Sample::error)
                        .filter(error -> !error.isEmpty())
                        .findFirst()
                        .orElse(""),
                all.stream().mapToLong(Sample::reopened).sum());
    }

    /** The rate of one divided by that of another in the same round, as a line; empty if one of the two was not measured. */
    Optional<String> ratio(String name, String other) {
        var ratios = rounds.stream()
                .mapToDouble(round -> rate(round, name) / rate(round, other))
                .filter(Double::isFinite)
                .filter(ratio -> ratio > 0)
                .sorted()
                .toArray();
        return ratios.length == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%s: %.2f of %s, in rounds %.2f..%.2f",
                        name,
                        median(ratios),
                        other,
                        ratios[0],
                        ratios[ratios.length - 1]));
    }

    private static double rate(Map<Contender, Sample> round, String name) {
        return round.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .mapToDouble(entry -> entry.getValue().rate())
                .findFirst()
                .orElse(0);
    }

    /** Answers for a microsecond of processor time. */
    private static double answersForCpu(Sample sample) {
        return sample.cpuMicros() == 0 ? 0 : 1 / sample.cpuMicros();
    }

    /** To the Tomcat of the same round with the higher figure. */
    private @Nullable Double ratio(Contender contender, ToDoubleFunction<Sample> figure) {
        var ratios = rounds.stream()
                .flatMapToDouble(round -> {
                    var best = betterTomcat(round, figure);
                    var own = round.get(contender);
                    return best.isPresent() && own != null
                            ? DoubleStream.of(figure.applyAsDouble(own) / best.getAsDouble())
                            : DoubleStream.empty();
                })
                .toArray();
        return ratios.length == 0 ? null : median(ratios);
    }

    private static double coldness(List<Sample> samples) {
        double last = samples.isEmpty() ? 0 : samples.getLast().cpuMicros();
        return last == 0 ? 1 : samples.getFirst().cpuMicros() / last;
    }

    private static OptionalDouble betterTomcat(Map<Contender, Sample> round, ToDoubleFunction<Sample> figure) {
        return round.entrySet().stream()
                .filter(entry -> entry.getKey() instanceof Contender.Tomcat)
                .mapToDouble(entry -> figure.applyAsDouble(entry.getValue()))
                .filter(value -> value > 0)
                .max();
    }

    private List<Sample> of(Contender contender) {
        return rounds.stream()
                .map(round -> round.get(contender))
                .filter(sample -> sample != null)
                .toList();
    }

    private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return median(samples.stream().mapToDouble(figure).toArray());
    }

    /** The middle value, or the mean of the two middle ones; 0 of none. */
    static double median(double[] values) {
        if (values.length == 0) {
            return 0;
        }
        var sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
