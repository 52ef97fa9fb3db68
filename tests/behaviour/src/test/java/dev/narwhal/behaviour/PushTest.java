package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.narwhal.harness.Await;
import dev.narwhal.harness.Heir;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.Wars;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Metrics that are sent to somebody. */
@ExtendWith(NarwhalExtension.class)
final class PushTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String INTERVAL = "--metrics-interval=200ms";

    @Test
    void statsd_is_told_what_has_happened_once(Narwhals narwhals) throws IOException {
        try (var statsd = Statsd.at(0)) {
            var narwhal = narwhals.start(
                    INTERVAL,
                    "--statsd=127.0.0.1:" + statsd.port(),
                    "--statsd-flavor=datadog",
                    "--statsd-prefix=shop",
                    "--metrics-tag=env=prod",
                    "--workers=2",
                    Wars.sample("crashtest"));
            requests(narwhal, 20);

            Await.until("all requests", LIMIT, () -> statsd.sum("shop.narwhal.request.duration", "|ms") == 21);
            Await.until("a level", LIMIT, () -> statsd.last("shop.narwhal.workers", "state:ready") == 2);
            assertThat(statsd.sum("shop.narwhal.requests", "|c")).isEqualTo(21);
            assertThat(statsd.sum("shop.narwhal.responses", "status:2xx")).isEqualTo(20);
            assertThat(statsd.sum("shop.narwhal.responses", "status:5xx")).isOne();
            assertThat(statsd.sum("shop.narwhal.worker.boot", "|ms")).isEqualTo(2);
            assertThat(statsd.lines)
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line)
                            .matches("shop\\.narwhal\\.[a-z.]+:[0-9.]+\\|(c|g|ms(\\|@0\\.[0-9]+)?)\\|#.*env:prod.*"));

            try (var _ = Heir.of(narwhal)) {
                requests(narwhal, 10);
                Await.until(
                        "requests of the next master", LIMIT, () -> statsd.sum("shop.narwhal.requests", "|c") >= 32);
                assertThat(statsd.sum("shop.narwhal.requests", "|c")).isEqualTo(32);
                assertThat(statsd.sum("shop.narwhal.responses", "status:5xx")).isEqualTo(2);
            }
        }
    }

    @Test
    void a_statsd_that_is_gone_costs_a_line_and_no_count(Narwhals narwhals) throws IOException {
        int port;
        RunningNarwhal narwhal;
        try (var statsd = Statsd.at(0)) {
            port = statsd.port();
            narwhal = narwhals.start(
                    INTERVAL, "--statsd-host=127.0.0.1:" + port, "--workers=1", Wars.sample("crashtest"));
            requests(narwhal, 4);
            Await.until("all requests", LIMIT, () -> statsd.sum("narwhal.requests", ":") == 5);
        }
        narwhal.awaitLog(Pattern.compile(
                "WARN .*sending metrics to StatsD at 127.0.0.1:" + port + ": nobody listens there. It is tried again"));
        requests(narwhal, 6);
        try (var statsd = Statsd.at(port)) {
            narwhal.awaitLog(Pattern.compile("metrics are sent to StatsD at 127.0.0.1:" + port + " again"));
            Await.until("what was missed", LIMIT, () -> statsd.sum("narwhal.requests", ":") == 7);
            requests(narwhal, 1);
            narwhal.stop();
            assertThat(statsd.received("narwhal.requests", ":", 9))
                    .as("what happened last is told at the end")
                    .isTrue();
        }
        assertThat(narwhal.log().all(Pattern.compile("sending metrics"))).hasSize(1);
    }

    @Test
    void otlp_is_told_what_prometheus_sees(Narwhals narwhals, @TempDir Path directory) throws IOException {
        try (var collector = Collector.start()) {
            var config = Files.writeString(directory.resolve("push.toml"), """
                    otlp = "http://127.0.0.1:%d"
                    metrics-interval = "200ms"
                    [otlp-header]
                    api-key = "open sesame"
                    [metrics-tag]
                    "service.name" = "shop"
                    """.formatted(collector.port()));
            var narwhal = narwhals.start("--config=" + config, "--workers=2", Wars.sample("classic") + "=/shop");
            for (int i = 0; i < 5; i++) {
                Http.get(narwhal.port(), "/shop/counter");
            }
            Http.get(narwhal.port(), "/nothing-here");

            Await.until("sessions", LIMIT, () -> collector.number("narwhal.context.sessions.live", "/shop") == 5);
            Await.until(
                    "their bytes", LIMIT, () -> collector.number("narwhal.context.session.store.bytes", "/shop") > 500);
            assertThat(collector.path).isEqualTo("/v1/metrics");
            assertThat(collector.type).isEqualTo("application/x-protobuf");
            assertThat(collector.key).isEqualTo("open sesame");
            assertThat(collector.resource("service.name")).isEqualTo("shop");
            assertThat(collector.resource("service.version")).isNotEmpty();
            assertThat(collector.resource("service.instance.id")).endsWith(":" + narwhal.port());
            assertThat(collector.number("narwhal.requests", "")).isEqualTo(6);
            assertThat(collector.number("narwhal.responses", "4xx")).isOne();
            var requests = collector.metric("narwhal.requests");
            assertThat(requests.getSum().getIsMonotonic()).isTrue();
            assertThat(requests.getSum().getAggregationTemporality())
                    .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
            var point = requests.getSum().getDataPoints(0);
            long now = System.currentTimeMillis() * 1_000_000;
            assertThat(point.getStartTimeUnixNano()).isBetween(now - LIMIT.toNanos() * 10, point.getTimeUnixNano());
            assertThat(point.getTimeUnixNano()).isLessThanOrEqualTo(now + 1_000_000);
            var durations = collector.durations();
            assertThat(durations.getCount()).isEqualTo(6);
            assertThat(durations.getBucketCountsList().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(6);
            assertThat(durations.getExplicitBoundsList())
                    .hasSize(durations.getBucketCountsCount() - 1)
                    .isSorted();
            assertThat(durations.getSum()).isPositive();
            assertThat(collector.metric("narwhal.worker.boot.seconds").getUnit())
                    .isEqualTo("s");
            assertThat(collector
                            .metric("narwhal.worker.boot.seconds")
                            .getSummary()
                            .getDataPoints(0)
                            .getCount())
                    .isEqualTo(2);

            collector.status.set(503);
            narwhal.awaitLog(Pattern.compile("WARN .*sending metrics to OTLP at .*: it answers 503 too much. It is"));
            collector.status.set(200);
            narwhal.awaitLog(Pattern.compile("metrics are sent to OTLP at .* again"));
            assertThat(narwhal.log().all(Pattern.compile("sending metrics"))).hasSize(1);
            assertThat(narwhal.log().all(Pattern.compile("sesame|\\tat "))).isEmpty();
        }
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        var refused = Launch.run(
                        "--statsd=8125",
                        "--statsd-flavor=influx",
                        "--otlp=ftp://collector",
                        "--otlp-header=open sesame",
                        Wars.sample("hello"))
                .finish();

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("--statsd-flavor: 'influx' is not one of etsy, datadog, telegraf.")
                .contains("--otlp: the value is not an http:// or https:// URL")
                .contains("--otlp-header: the value is not NAME=VALUE")
                .doesNotContain("sesame");
    }

    /** So many that succeed, and one that does not. */
    private static void requests(RunningNarwhal narwhal, int many) throws IOException {
        for (int i = 0; i < many; i++) {
            Http.get(narwhal.port(), "/ping");
        }
        Http.get(narwhal.port(), "/throw");
    }

    /** Hears what is sent by UDP. */
    private static final class Statsd implements AutoCloseable {
        private final DatagramSocket socket;
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        private Statsd(DatagramSocket socket) {
            this.socket = socket;
            Thread.ofPlatform().daemon().start(this::hear);
        }

        static Statsd at(int port) throws IOException {
            return new Statsd(new DatagramSocket(port, InetAddress.getLoopbackAddress()));
        }

        int port() {
            return socket.getLocalPort();
        }

        private void hear() {
            var packet = new DatagramPacket(new byte[65_536], 65_536);
            try {
                while (true) {
                    socket.receive(packet);
                    new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8)
                            .lines()
                            .forEach(lines::add);
                }
            } catch (IOException e) {
                // closed
            }
        }

        private List<String> of(String name, String part) {
            return lines.stream()
                    .filter(line -> line.startsWith(name + ":") && line.contains(part))
                    .toList();
        }

        /** As a StatsD adds counters up, and counts times. */
        double sum(String name, String part) {
            return of(name, part).stream().mapToDouble(Statsd::count).sum();
        }

        boolean received(String name, String part, double sum) {
            Await.until(name + " is " + sum, LIMIT, () -> sum(name, part) == sum);
            return true;
        }

        private static double count(String line) {
            var parts = line.substring(line.indexOf(':') + 1).split("\\|", -1);
            if (parts[1].equals("c")) {
                return Double.parseDouble(parts[0]);
            }
            return parts.length > 2 && parts[2].startsWith("@")
                    ? Math.round(1 / Double.parseDouble(parts[2].substring(1)))
                    : 1;
        }

        double last(String name, String part) {
            var heard = of(name, part);
            return heard.isEmpty()
                    ? Double.NaN
                    : Double.parseDouble(heard.getLast().replaceAll(".*:([0-9.]+)\\|g.*", "$1"));
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /** Receives OTLP, and keeps the last request. */
    private static final class Collector implements AutoCloseable {
        private final HttpServer server;
        private final AtomicInteger status = new AtomicInteger(200);
        private volatile ExportMetricsServiceRequest last = ExportMetricsServiceRequest.getDefaultInstance();
        private volatile String path = "";
        private volatile String type = "";
        private volatile String key = "";

        private Collector(HttpServer server) {
            this.server = server;
        }

        static Collector start() throws IOException {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var collector = new Collector(server);
            server.createContext("/", exchange -> {
                var request = ExportMetricsServiceRequest.parseFrom(exchange.getRequestBody());
                collector.path = exchange.getRequestURI().getPath();
                collector.type = exchange.getRequestHeaders().getFirst("Content-Type");
                collector.key = exchange.getRequestHeaders().getFirst("Api-Key");
                collector.last = request;
                var text = "too much".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(collector.status.get(), text.length);
                exchange.getResponseBody().write(text);
                exchange.close();
            });
            server.start();
            return collector;
        }

        int port() {
            return server.getAddress().getPort();
        }

        String resource(String name) {
            return last.getResourceMetrics(0).getResource().getAttributesList().stream()
                    .filter(attribute -> attribute.getKey().equals(name))
                    .map(attribute -> attribute.getValue().getStringValue())
                    .findFirst()
                    .orElse("");
        }

        private Optional<Metric> find(String name) {
            return last.getResourceMetricsList().stream()
                    .flatMap(resource -> resource.getScopeMetricsList().stream())
                    .flatMap(scope -> scope.getMetricsList().stream())
                    .filter(metric -> metric.getName().equals(name))
                    .findFirst();
        }

        Metric metric(String name) {
            return find(name).orElseThrow();
        }

        /** The number whose only label has that value; empty for one without labels. */
        double number(String name, String label) {
            return find(name).stream()
                    .flatMap(metric -> metric.hasSum()
                            ? metric.getSum().getDataPointsList().stream()
                            : metric.getGauge().getDataPointsList().stream())
                    .filter(point -> values(point.getAttributesList()).equals(label))
                    .mapToDouble(NumberDataPoint::getAsDouble)
                    .findFirst()
                    .orElse(Double.NaN);
        }

        private static String values(List<KeyValue> attributes) {
            return String.join(
                    ",",
                    attributes.stream()
                            .map(attribute -> attribute.getValue().getStringValue())
                            .toList());
        }

        HistogramDataPoint durations() {
            return metric("narwhal.request.duration.seconds").getHistogram().getDataPoints(0);
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
