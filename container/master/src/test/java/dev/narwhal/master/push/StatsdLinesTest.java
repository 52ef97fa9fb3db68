package dev.narwhal.master.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.master.config.PushRules.Flavor;
import dev.narwhal.master.observe.Measure;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatsdLinesTest {

    private final StatsdLines lines = new StatsdLines(Flavor.ETSY, "", Map.of());

    private static SequencedMap<String, String> labels(String... pairs) {
        var labels = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            labels.put(pairs[i], pairs[i + 1]);
        }
        return labels;
    }

    private static Measure count(double value, String... labels) {
        return new Measure.Count("narwhal.responses", "", labels(labels), value);
    }

    private static Measure level(double value, String... labels) {
        return new Measure.Level("narwhal.queue", "", labels(labels), value);
    }

    private static Measure times(long count, double sum) {
        return new Measure.Times("narwhal.boot.seconds", "", labels(), count, sum);
    }

    private List<String> send(Measure... measures) {
        var sent = lines.of(List.of(measures));
        lines.sent(List.of(measures));
        return sent;
    }

    @Test
    void a_count_is_told_by_how_much_it_has_grown() {
        assertThat(send(count(3), count(0, "status", "5xx"))).containsExactly("narwhal.responses:3|c");
        assertThat(send(count(3), count(2, "status", "5xx"))).containsExactly("narwhal.responses.status.5xx:2|c");
        assertThat(send(count(10), count(2, "status", "5xx"))).containsExactly("narwhal.responses:7|c");
    }

    @Test
    void what_could_not_be_sent_is_told_with_the_next_ones() {
        send(count(3));
        assertThat(lines.of(List.of(count(5)))).containsExactly("narwhal.responses:2|c");
        assertThat(lines.of(List.of(count(9)))).containsExactly("narwhal.responses:6|c");
    }

    @Test
    void what_another_master_has_sent_is_not_sent_again() {
        lines.sent(List.of(count(100), times(4, 8)));
        assertThat(send(count(101), times(5, 9.5))).containsExactly("narwhal.responses:1|c", "narwhal.boot:1500|ms");
    }

    @Test
    void a_level_is_told_each_time_and_zero_once_when_it_is_gone() {
        assertThat(send(level(1.25, "slot", "0"), level(2, "slot", "1")))
                .containsExactly("narwhal.queue.slot.0:1.25|g", "narwhal.queue.slot.1:2|g");
        assertThat(send(level(Double.NaN), level(123456789012.0, "slot", "1")))
                .containsExactly("narwhal.queue.slot.1:123456789012|g", "narwhal.queue.slot.0:0|g");
        assertThat(send(level(2, "slot", "1"))).containsExactly("narwhal.queue.slot.1:2|g");
    }

    @Test
    void times_are_one_line_with_their_mean_that_counts_for_all() {
        assertThat(send(times(4, 8))).containsExactly("narwhal.boot:2000|ms|@0.25");
        assertThat(send(times(4, 8))).isEmpty();
        assertThat(send(times(5, 8.5))).containsExactly("narwhal.boot:500|ms");
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 49, 98, 103, 107, 161, 187, 196, 1_000_003})
    void no_receiver_counts_less_by_a_sample_rate(long count) {
        var line = send(times(count, 1)).getFirst();
        double rate = Double.parseDouble(line.substring(line.indexOf('@') + 1));
        assertThat((long) (1 / rate)).isEqualTo(count);
    }

    @Test
    void how_many_took_how_long_is_a_line_for_each_bound() {
        var labels = labels();
        var bounds = List.of(0.01, 0.1);
        var first = new Measure.Spread("narwhal.request.duration.seconds", "", labels, bounds, List.of(2L, 1L, 0L), 1);
        var second = new Measure.Spread("narwhal.request.duration.seconds", "", labels, bounds, List.of(2L, 2L, 1L), 1);
        assertThat(send(first)).containsExactly("narwhal.request.duration:5|ms|@0.5", "narwhal.request.duration:55|ms");
        assertThat(send(second)).containsExactly("narwhal.request.duration:55|ms", "narwhal.request.duration:100|ms");
    }

    @Test
    void each_flavor_has_tags_where_it_wants_them_and_no_value_breaks_a_line() {
        var odd = count(1, "listener", "http://[::1]:80/|#,");
        var tags = Map.of("env", "prod");
        assertThat(new StatsdLines(Flavor.ETSY, "shop", tags).of(List.of(odd)))
                .containsExactly("shop.narwhal.responses.listener.http______1__80____:1|c");
        assertThat(new StatsdLines(Flavor.DATADOG, "shop", tags).of(List.of(odd)))
                .containsExactly("shop.narwhal.responses:1|c|#listener:http_//[__1]_80/___,env:prod");
        assertThat(new StatsdLines(Flavor.TELEGRAF, "", tags).of(List.of(odd)))
                .containsExactly("narwhal.responses,listener=http_//[__1]_80/___,env=prod:1|c");
    }

    @Test
    void packets_fit_into_a_frame() {
        var line = "narwhal.responses:1|c";
        var packets = StatsdSink.packets(Collections.nCopies(200, line));
        assertThat(packets)
                .hasSizeBetween(3, 5)
                .allSatisfy(packet -> assertThat(packet.length()).isLessThan(1401));
        assertThat(packets.stream().flatMap(String::lines)).hasSize(200).containsOnly(line);
    }
}
