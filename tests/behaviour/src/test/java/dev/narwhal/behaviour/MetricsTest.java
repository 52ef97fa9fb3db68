package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.Distribution;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RedisServer;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health and numbers, as probes and Prometheus ask for them. */
@ExtendWith(NarwhalExtension.class)
final class MetricsTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Pattern OPS = Pattern.compile("health and metrics at http://127\\.0\\.0\\.1:(\\d+)/metrics");

    @ParameterizedTest
    @ValueSource(strings = {"sync", "threaded", "virtual"})
    void requests_are_counted_by_how_they_ended_and_no_count_is_lost_with_a_worker(String dispatch, Narwhals narwhals)
            throws IOException {
        var narwhal =
                narwhals.start("--ops=127.0.0.1:0", "--workers=2", "--dispatch=" + dispatch, Wars.sample("crashtest"));
        int ops = ops(narwhal);
        assertThat(value(ops, "narwhal_workers{state=\"ready\"}")).isEqualTo(2);

        for (int i = 0; i < 20; i++) {
            Http.get(narwhal.port(), "/ping");
        }
        Http.get(narwhal.port(), "/throw");
        Http.get(narwhal.port(), "/nothing-here");
        Http.get(narwhal.port(), "/sleep?ms=600");
        // A response is on the wire before its request has ended.
        awaitValue(ops, "narwhal_request_duration_seconds_count", 23);
        assertThat(value(ops, "narwhal_requests_total")).isEqualTo(23);
        assertThat(value(ops, "narwhal_responses_total{status=\"2xx\"}")).isEqualTo(21);
        assertThat(value(ops, "narwhal_responses_total{status=\"4xx\"}")).isOne();
        assertThat(value(ops, "narwhal_responses_total{status=\"5xx\"}")).isOne();
        double bucket = value(ops, "narwhal_request_duration_seconds_bucket{le=\"0.5\"}");
        assertThat(bucket).isLessThanOrEqualTo(22);
        assertThat(value(ops, "narwhal_request_duration_seconds_bucket{le=\"+Inf\"}"))
                .isEqualTo(23);
        assertThat(value(ops, "narwhal_request_duration_seconds_sum")).isGreaterThanOrEqualTo(0.6);

        assertThat(value(ops, "narwhal_request_queue_seconds_count")).isEqualTo(23);
        assertThat(value(ops, "narwhal_worker_boot_seconds_count")).isEqualTo(2);
        assertThat(value(ops, "narwhal_worker_boot_seconds_sum")).isPositive();
        assertThat(value(ops, "narwhal_prepare_seconds_count")).isOne();
        assertThat(value(ops, "narwhal_threads_busy{slot=\"0\"}")).isZero();
        assertThat(value(ops, "narwhal_worker_proportional_bytes{slot=\"1\"}"))
                .isPositive()
                .isLessThanOrEqualTo(value(ops, "narwhal_worker_resident_bytes{slot=\"1\"}") * 1.2);
        Await.until(
                "the heap",
                LIMIT,
                () -> value(ops, "narwhal_worker_heap_used_bytes{slot=\"0\"}") > 1 << 20
                        && value(ops, "narwhal_worker_heap_max_bytes{slot=\"0\"}") > 1 << 20);
        assertThat(value(ops, "narwhal_accept_queue{listener=\"" + narwhal.url("/") + "\"}"))
                .isZero();
        double pauses = value(ops, "narwhal_gc_pause_seconds_count");
        for (var worker : narwhal.readyWorkers()) {
            narwhal.kill9(worker);
            awaitOtherThan(narwhal, worker);
        }

        awaitValue(ops, "narwhal_worker_exits_total{cause=\"signal-9\"}", 2);
        awaitValue(ops, "narwhal_worker_spawns_total", 4);
        awaitValue(ops, "narwhal_worker_losses_total{cause=\"crashed\"}", 2);
        assertThat(value(ops, "narwhal_gc_pause_seconds_count")).isGreaterThanOrEqualTo(pauses);
        assertThat(value(ops, "narwhal_requests_total")).isGreaterThanOrEqualTo(23);
        assertThat(value(ops, "narwhal_responses_total{status=\"2xx\"}")).isEqualTo(21);
    }

    /** With an adaptive number of workers, of which one has died, there is everything that can be counted. */
    @Test
    void every_metric_is_documented_with_its_labels_and_no_other(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start(
                "--ops=127.0.0.1:0",
                "--workers=1..2",
                "--dispatch=sync",
                "--grow-after=1s",
                "--graceful-timeout=1s",
                Wars.sample("crashtest"));
        int ops = ops(narwhal);
        try (var _ = Http.connect(narwhal.port()).request("/sleep?ms=60000");
                var _ = Http.connect(narwhal.port()).request("/sleep?ms=60000")) {
            Await.until(
                    "a worker more", LIMIT, () -> get(ops, "/metrics").contains("narwhal_workers_adaptations_total"));
            narwhal.kill9(narwhal.readyWorkers().getFirst());
            Await.until(
                    "its loss",
                    LIMIT,
                    () -> get(ops, "/metrics").contains("narwhal_worker_losses_total")
                            && get(ops, "/metrics").contains("narwhal_worker_exits_total"));
        }

        var documented = new TreeSet<String>();
        Files.readString(Distribution.root().resolve("docs/control.md"))
                .lines()
                .filter(line -> line.startsWith("| `narwhal_"))
                .forEach(line -> Pattern.compile("`(narwhal_[a-z_]+(\\{[a-z,]+})?)`")
                        .matcher(line.substring(0, line.indexOf(" | ")))
                        .results()
                        .forEach(name -> documented.add(name.group(1))));
        var seen = new TreeSet<String>();
        Pattern.compile("(?m)^# TYPE (\\S+) \\S+\n([^#].*)$")
                .matcher(get(ops, "/metrics"))
                .results()
                .forEach(metric -> seen.add(metric.group(1) + labels(metric.group(2))));
        assertThat(seen).isEqualTo(documented);
    }

    /** Such as {@code {slot}}, of one line; {@code le} is of the format and not ours. */
    private static String labels(String line) {
        var names = Pattern.compile("([a-z_]+)=\"")
                .matcher(line.substring(0, line.lastIndexOf(' ')))
                .results()
                .map(label -> label.group(1))
                .filter(label -> !label.equals("le"))
                .collect(Collectors.joining(","));
        return names.isEmpty() ? "" : "{" + names + "}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"lmdb", "memory", "redis"})
    void sessions_are_counted_and_weighed_in_each_store(String store, Narwhals narwhals, @TempDir Path directory)
            throws IOException {
        try (var redis = store.equals("redis") ? RedisServer.start(directory) : null) {
            var narwhal = narwhals.start(
                    "--ops=127.0.0.1:0",
                    "--sessions=" + (redis == null ? store : redis.url()),
                    "--workers=" + (store.equals("memory") ? 1 : 2),
                    Wars.sample("classic"),
                    Wars.sample("cart") + "=/cart");
            int ops = ops(narwhal);
            for (int i = 0; i < 3; i++) {
                assertThat(Http.get(narwhal.port(), "/classic/counter").status())
                        .isEqualTo(200);
            }

            awaitValue(ops, "narwhal_session_events_total{event=\"created\"}", 3);
            assertThat(value(ops, "narwhal_session_store_write_seconds_count")).isGreaterThanOrEqualTo(3);
            awaitValue(ops, "narwhal_context_sessions_live{context=\"/classic\"}", 3);
            var weight = "narwhal_context_session_store_bytes{context=\"/classic\"}";
            Await.until("the weight of sessions", LIMIT, () -> value(ops, weight) > 0);
            assertThat(value(ops, weight)).isBetween(30.0, 10_000.0);
            assertThat(value(ops, "narwhal_session_store_bytes")).isGreaterThanOrEqualTo(value(ops, weight));
            assertThat(value(ops, "narwhal_context_session_store_bytes{context=\"/cart\"}"))
                    .isZero();
        }
    }

    @Test
    void a_server_that_stops_is_not_ready_but_alive(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start("--ops=127.0.0.1:0", "--workers=1", Wars.sample("crashtest"));
        int ops = ops(narwhal);
        assertThat(Http.get(ops, "/livez").text()).isEqualTo("ok\n");
        assertThat(Http.get(ops, "/readyz").status()).isEqualTo(200);
        try (var waiting = Http.connect(narwhal.port())) {
            waiting.request("/sleep?ms=5000");
            awaitValue(ops, "narwhal_requests_in_flight{slot=\"0\"}", 1);

            narwhal.signal("TERM");

            Await.until("not ready", LIMIT, () -> get(ops, "/readyz").startsWith("stopping"));
            assertThat(Http.get(ops, "/readyz").status()).isEqualTo(503);
            assertThat(Http.get(ops, "/livez").status()).isEqualTo(200);
            assertThat(waiting.response().status()).isEqualTo(200);
        }
        assertThat(narwhal.awaitExit(LIMIT)).isZero();
    }

    @Test
    void it_changes_nothing(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start("--ops=127.0.0.1:0", "--workers=1", Wars.sample("hello"));
        int ops = ops(narwhal);
        for (var path : new String[] {"/requests", "/status", "/reload", "/stop"}) {
            assertThat(Http.get(ops, path).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void an_address_in_use_ends_the_start() throws IOException {
        try (var used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var refused = Launch.run("--ops=127.0.0.1:" + used.getLocalPort(), Wars.sample("hello"))
                    .finish();

            assertThat(refused.exitCode()).isEqualTo(5);
            assertThat(refused.err())
                    .contains("listening on 127.0.0.1:" + used.getLocalPort() + " for --ops: ")
                    .doesNotContain("\tat ");
        }
    }

    private static void awaitOtherThan(RunningNarwhal narwhal, long killed) {
        Await.until(
                "a worker in the place of " + killed,
                LIMIT,
                () -> narwhal.readyWorkers().size() == 2
                        && !narwhal.readyWorkers().contains(killed));
    }

    private static int ops(RunningNarwhal narwhal) {
        return Integer.parseInt(narwhal.awaitLog(OPS).group(1));
    }

    private static void awaitValue(int ops, String name, double wanted) {
        Await.until(name + " is " + wanted, LIMIT, () -> value(ops, name) == wanted);
    }

    private static double value(int ops, String name) {
        return get(ops, "/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    private static String get(int port, String path) {
        try {
            return Http.get(port, path).text();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
