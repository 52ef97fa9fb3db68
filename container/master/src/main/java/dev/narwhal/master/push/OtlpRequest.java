package dev.narwhal.master.push;

import dev.narwhal.master.observe.Measure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Numbers as an {@code ExportMetricsServiceRequest} of OTLP 1. Its sums are cumulative, as ours are. The numbers of fields are those of
 * {@code opentelemetry/proto/metrics/v1/metrics.proto}, which is stable.
 */
final class OtlpRequest {

    private static final int CUMULATIVE = 2;
    private static final Map<String, String> UNITS = Map.of("seconds", "s", "bytes", "By");

    private final Map<String, String> resource;
    private final String version;
    private final Instant since;

    /**
     * Requests of one sender.
     *
     * @param resource the attributes of what is measured
     * @param version of Narwhal
     * @param since when the sums were zero
     */
    OtlpRequest(Map<String, String> resource, String version, Instant since) {
        this.resource = resource;
        this.version = version;
        this.since = since;
    }

    byte[] of(List<Measure> measures, Instant now) {
        var byName = new LinkedHashMap<String, List<Measure>>();
        measures.forEach(measure ->
                byName.computeIfAbsent(measure.name(), _ -> new ArrayList<>()).add(measure));
        var scope = new Protobuf().message(1, new Protobuf().text(1, "narwhal").text(2, version));
        byName.values().forEach(same -> scope.message(2, metric(same, now)));
        var attributes = new Protobuf();
        resource.forEach((name, value) -> attributes.message(1, attribute(name, value)));
        return new Protobuf()
                .message(1, new Protobuf().message(1, attributes).message(2, scope))
                .bytes();
    }

    /** Of measures with one name, which are all of one kind. */
    private Protobuf metric(List<Measure> same, Instant now) {
        var first = same.getFirst();
        var metric = new Protobuf()
                .text(1, first.name())
                .text(2, first.description())
                .text(3, UNITS.getOrDefault(first.name().substring(first.name().lastIndexOf('.') + 1), ""));
        var data = new Protobuf();
        same.forEach(measure -> data.message(1, point(measure, now)));
        return switch (first) {
            case Measure.Level _ -> metric.message(5, data);
            case Measure.Count _ -> metric.message(7, data.number(2, CUMULATIVE).number(3, 1)); // never goes back
            case Measure.Spread _ -> metric.message(9, data.number(2, CUMULATIVE));
            case Measure.Times _ -> metric.message(11, data);
        };
    }

    private Protobuf point(Measure measure, Instant now) {
        var point = new Protobuf();
        if (!(measure instanceof Measure.Level)) {
            point.fixed(2, nanos(since));
        }
        point.fixed(3, nanos(now));
        int attributes = switch (measure) {
            case Measure.Level level -> {
                point.real(4, level.value());
                yield 7;
            }
            case Measure.Count count -> {
                point.real(4, count.value());
                yield 7;
            }
            case Measure.Times times -> {
                point.fixed(4, times.count()).real(5, times.sum());
                yield 7;
            }
            case Measure.Spread spread -> {
                point.fixed(
                                4,
                                spread.counts().stream()
                                        .mapToLong(Long::longValue)
                                        .sum())
                        .real(5, spread.sum())
                        .fixeds(6, spread.counts())
                        .reals(7, spread.bounds());
                yield 9;
            }
        };
        measure.labels().forEach((name, value) -> point.message(attributes, attribute(name, value)));
        return point;
    }

    private static Protobuf attribute(String name, String value) {
        return new Protobuf().text(1, name).message(2, new Protobuf().text(1, value));
    }

    private static long nanos(Instant moment) {
        return TimeUnit.SECONDS.toNanos(moment.getEpochSecond()) + moment.getNano();
    }
}
