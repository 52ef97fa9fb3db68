package dev.narwhal.master.observe;

import dev.narwhal.contract.ScoreboardAnswers;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import java.time.Duration;

/** How long requests took, as Prometheus' histogram. */
final class Durations {

    private static final double NANOS = Duration.ofSeconds(1).toNanos();

    private Durations() {}

    static HistogramSnapshot snapshot(String name, ScoreboardAnswers.Snapshot answers) {
        var buckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < answers.durations().size(); i++) {
            buckets.bucket(upperBound(i), answers.durations().get(i));
        }
        return HistogramSnapshot.builder()
                .name(name)
                .help("How long requests took, from their headers to the end of their answers")
                .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(buckets.build())
                        .sum(answers.nanos() / NANOS)
                        .build())
                .build();
    }

    private static double upperBound(int bucket) {
        return bucket < ScoreboardAnswers.BOUNDS.size()
                ? ScoreboardAnswers.BOUNDS.get(bucket).toNanos() / NANOS
                : Double.POSITIVE_INFINITY;
    }
}
