package dev.narwhal.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LatencyHistogramTest {

    private final LatencyHistogram latencies = new LatencyHistogram();

    @Test
    void an_empty_one_answers_zero() {
        assertThat(latencies.quantile(0.99)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 255, 256, 257, 1023, 65_537, 999_999, 123_456_789, 1L << 39})
    void a_value_is_known_to_within_0_8_percent(long nanos) {
        latencies.record(nanos);
        latencies.record(nanos * 4); // so that the maximum does not hide the bucket's width
        assertThat(latencies.quantile(0.5)).isGreaterThanOrEqualTo(nanos).isCloseTo(nanos, withinPercentage(0.8));
    }

    @Test
    void quantiles_are_those_of_the_sorted_values() {
        for (int micros = 1000; micros >= 1; micros--) {
            latencies.record(micros * 1000L);
        }
        assertThat(latencies.quantile(0.5)).isCloseTo(500_000, withinPercentage(0.8));
        assertThat(latencies.quantile(0.99)).isCloseTo(990_000, withinPercentage(0.8));
        assertThat(latencies.quantile(1)).isEqualTo(1_000_000);
        assertThat(latencies.max()).isEqualTo(1_000_000);
    }

    @Test
    void what_takes_too_long_counts_as_the_longest() {
        latencies.record(Long.MAX_VALUE);
        assertThat(latencies.quantile(0.5)).isEqualTo((1L << 40) - 1);
    }

    @Test
    void a_cleared_one_is_empty() {
        latencies.record(5);
        latencies.clear();
        assertThat(latencies.quantile(0.5)).isZero();
        assertThat(latencies.max()).isZero();
    }
}
