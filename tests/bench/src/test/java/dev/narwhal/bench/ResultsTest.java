package dev.narwhal.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.narwhal.bench.load.Sample;
import dev.narwhal.bench.server.Contender;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ResultsTest {

    private static final Contender NARWHAL = new Contender.Narwhal("virtual", 2);
    private static final Contender PLATFORM = new Contender.Tomcat(Contender.Threads.PLATFORM);
    private static final Contender VIRTUAL = new Contender.Tomcat(Contender.Threads.VIRTUAL);

    @Test
    void the_median_is_the_middle_value_or_between_the_two_middle_ones() {
        assertThat(Results.median(new double[] {9, 1, 2})).isEqualTo(2);
        assertThat(Results.median(new double[] {4, 1, 2, 9})).isEqualTo(3);
        assertThat(Results.median(new double[0])).isZero();
    }

    @Test
    void a_ratio_is_to_the_better_tomcat_of_its_round() {
        var results = results(List.of(
                Map.of(NARWHAL, sample(300), PLATFORM, sample(100), VIRTUAL, sample(200)), // 1.5
                Map.of(NARWHAL, sample(30), PLATFORM, sample(10), VIRTUAL, sample(5)), // 3
                Map.of(NARWHAL, sample(200), PLATFORM, sample(100), VIRTUAL, sample(50)))); // 2
        assertThat(results.rows()).extracting(Results.Row::ratio).containsExactly(2.0, 1.0, 0.5);
        assertThat(results.rows().getFirst().rate()).isEqualTo(200);
        assertThat(results.rows().getFirst().least()).isEqualTo(30);
        assertThat(results.rows().getFirst().most()).isEqualTo(300);
    }

    @Test
    void what_needs_half_the_processor_time_has_a_ratio_of_two() {
        var results = results(List.of(Map.of(NARWHAL, spending(10), PLATFORM, spending(20), VIRTUAL, spending(30))));
        assertThat(results.rows())
                .extracting(Results.Row::cpuRatio)
                .satisfiesExactly(
                        one -> assertThat(one).isCloseTo(2, within(1e-9)),
                        one -> assertThat(one).isCloseTo(1, within(1e-9)),
                        one -> assertThat(one).isCloseTo(20 / 30.0, within(1e-9)));
    }

    private static Sample spending(long nanos) {
        return new Sample(1, 1_000_000_000, 0, "", 0, 0, 0, 0, nanos, 0);
    }

    @Test
    void without_a_tomcat_there_is_no_ratio() {
        var results = new Results(List.of(NARWHAL), Map.of(), List.of(Map.of(NARWHAL, sample(300))));
        assertThat(results.rows()).extracting(Results.Row::ratio).containsOnlyNulls();
        assertThat(Table.of(results.rows())).contains("virtual-2", " 300 ", " - ");
    }

    @Test
    void errors_of_the_warm_up_count() {
        var broken = new Sample(1, 1, 7, "an answer with status 500", 0, 0, 0, 0, 0, 0);
        var results = new Results(
                List.of(NARWHAL), Map.of(NARWHAL, List.of(broken, sample(300))), List.of(Map.of(NARWHAL, sample(300))));
        assertThat(results.failed()).isTrue();
        assertThat(Table.of(results.rows())).contains("virtual-2: an answer with status 500");
    }

    @Test
    void figures_of_a_sample_are_in_the_units_of_the_table() {
        var sample = new Sample(1000, 500_000_000, 0, "", 0, 2_000_000, 3_500_000, 9, 20_000_000, 100_000_000);
        var results = new Results(List.of(NARWHAL), Map.of(), List.of(Map.of(NARWHAL, sample)));
        var row = results.rows().getFirst();
        assertThat(row.rate()).isEqualTo(2000);
        assertThat(row.p50Millis()).isEqualTo(2);
        assertThat(row.p99Millis()).isEqualTo(3.5);
        assertThat(row.cpuMicros()).isEqualTo(20);
        assertThat(results.clientLoad()).isEqualTo(0.2);
    }

    @Test
    void a_server_that_gets_cheaper_was_not_warm() {
        var cold = new Sample(1000, 1_000_000_000, 0, "", 0, 0, 0, 0, 90_000_000, 0);
        var warm = new Sample(1000, 1_000_000_000, 0, "", 0, 0, 0, 0, 30_000_000, 0);
        assertThat(table(cold, warm)).contains("virtual-2: not warm at first", "3.0 times");
        assertThat(table(warm, warm)).doesNotContain("not warm");
    }

    private static String table(Sample first, Sample last) {
        var rounds = List.of(Map.of(NARWHAL, first), Map.of(NARWHAL, last));
        return Table.of(new Results(List.of(NARWHAL), Map.of(), rounds).rows());
    }

    private static Results results(List<Map<Contender, Sample>> rounds) {
        return new Results(List.of(NARWHAL, PLATFORM, VIRTUAL), Map.of(), rounds);
    }

    private static Sample sample(long answersInOneSecond) {
        return new Sample(answersInOneSecond, 1_000_000_000, 0, "", 0, 0, 0, 0, 0, 0);
    }
}
