package dev.narwhal.master.observe;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DistributionDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** What Prometheus is told, for others. */
final class Measures {

    private Measures() {}

    static List<Measure> of(MetricSnapshots snapshots) {
        return snapshots.stream().flatMap(Measures::of).toList();
    }

    private static Stream<Measure> of(MetricSnapshot snapshot) {
        var name = snapshot.getMetadata().getPrometheusName().replace('_', '.');
        var help = snapshot.getMetadata().getHelp() == null
                ? ""
                : snapshot.getMetadata().getHelp();
        return switch (snapshot) {
            case CounterSnapshot counters ->
                counters.getDataPoints().stream()
                        .map(point -> new Measure.Count(name, help, labels(point.getLabels()), point.getValue()));
            case GaugeSnapshot gauges ->
                gauges.getDataPoints().stream()
                        .map(point -> new Measure.Level(name, help, labels(point.getLabels()), point.getValue()));
            case SummarySnapshot summaries ->
                summaries.getDataPoints().stream()
                        .map(point ->
                                new Measure.Times(name, help, labels(point.getLabels()), point.getCount(), sum(point)));
            case HistogramSnapshot histograms ->
                histograms.getDataPoints().stream()
                        .map(point ->
                                spread(name, help, labels(point.getLabels()), point.getClassicBuckets(), sum(point)));
            default -> throw new IllegalStateException(name + " is of a kind that nothing here measures");
        };
    }

    private static double sum(DistributionDataPointSnapshot point) {
        return point.hasSum() ? point.getSum() : 0;
    }

    /** Its last bound is infinity. */
    private static Measure spread(
            String name,
            String help,
            SequencedMap<String, String> labels,
            ClassicHistogramBuckets buckets,
            double sum) {
        var bounds = new ArrayList<Double>();
        var counts = new ArrayList<Long>();
        for (int i = 0; i < buckets.size(); i++) {
            counts.add(buckets.getCount(i));
            if (Double.isFinite(buckets.getUpperBound(i))) {
                bounds.add(buckets.getUpperBound(i));
            }
        }
        return new Measure.Spread(name, help, labels, bounds, counts, sum);
    }

    private static SequencedMap<String, String> labels(Labels labels) {
        var map = new LinkedHashMap<String, String>();
        labels.forEach(label -> map.put(label.getName(), label.getValue()));
        return map;
    }
}
