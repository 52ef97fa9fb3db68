package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.behaviour.app.HeldServlet;
import dev.narwhal.harness.Await;
import dev.narwhal.harness.EachDispatch;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.WarBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** How long, and how many, requests wait for a place: {@code --queue-timeout}, {@code --max-queue} and {@code --request-timeout-queue}. */
@EachDispatch
final class QueueTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Pattern OPS = Pattern.compile("health and metrics at http://127\\.0\\.0\\.1:(\\d+)/metrics");

    @Parameter
    @SuppressWarnings("NullAway.Init") // by JUnit
    private String dispatch;

    @TempDir
    Path directory;

    @Test
    void a_wait_is_bounded_in_time_and_number(Narwhals narwhals) throws IOException {
        var server = start(narwhals, "--workers=2", "--queue-timeout=2s", "--max-queue=1");
        var released = directory.resolve("released");
        try (var one = Http.connect(server.port()).request("/held?until=" + released);
                var other = Http.connect(server.port()).request("/held?until=" + released)) {
            Await.until("no place is free", LIMIT, () -> metric(server, "narwhal_permits_free{") == 0);
            assertThat(metric(server, "narwhal_permits{")).isEqualTo(2);
            try (var late = Http.connect(server.port()).readLimit(LIMIT)) {
                var refused = late.get("/held");
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.header("Retry-After")).contains("2");
                assertThat(metric(server, "narwhal_requests_refused_total{limit=\"queue-timeout\"}"))
                        .isEqualTo(1);
            }
            // One waits in each worker, and there is no place for a third.
            var waiting = new Http[] {
                Http.connect(server.port()).request("/held"),
                Http.connect(server.port()).request("/held"),
                Http.connect(server.port()).request("/held")
            };
            Await.until(
                    "one is too many",
                    LIMIT,
                    () -> metric(server, "narwhal_requests_refused_total{limit=\"max-queue\"}") >= 1);
            for (var each : waiting) {
                each.close();
            }
            Files.createFile(released);
            assertThat(one.response().text()).isEqualTo("done");
            assertThat(other.response().text()).isEqualTo("done");
        }
        // What waited when its client left is still to be answered.
        Await.until("all places are free", LIMIT, () -> metric(server, "narwhal_permits_free{") == 2);
        for (int i = 0; i < 4; i++) {
            assertThat(Http.get(server.port(), "/held").text()).isEqualTo("done");
        }
    }

    @Test
    void a_request_that_nobody_waits_for_may_take_longer(Narwhals narwhals) throws IOException {
        var server = start(narwhals, "--workers=1", "--request-timeout=300ms", "--request-timeout-queue=1");
        var released = directory.resolve("released");
        try (var held = Http.connect(server.port()).request("/held?until=" + released);
                var first = Http.connect(server.port()).request("/held")) {
            assertThat(Await.holdsFor(
                            Duration.ofSeconds(1), () -> metric(server, "narwhal_request_timeouts_total") == 0))
                    .as("one that waits is no more than one")
                    .isTrue();
            try (var second = Http.connect(server.port()).request("/held")) {
                assertThat(held.response().status()).isEqualTo(503);
                assertThat(first.response().text()).isEqualTo("done");
                assertThat(second.response().text()).isEqualTo("done");
            }
        }
        assertThat(metric(server, "narwhal_request_timeouts_total")).isEqualTo(1);
    }

    /** Workers with one place each. */
    private RunningNarwhal start(Narwhals narwhals, String... arguments) {
        var war = new WarBuilder()
                .descriptor("<distributable/>")
                .classes(HeldServlet.class)
                .write(directory.resolve("held.war"));
        var all = new ArrayList<Object>(
                List.of("--dispatch=" + dispatch, "--threads=1", "--max-inflight=1", "--ops=127.0.0.1:0"));
        all.addAll(List.of(arguments));
        all.add(war);
        return narwhals.start(all.toArray());
    }

    /** The sum over all workers. */
    private static double metric(RunningNarwhal server, String start) {
        int ops = Integer.parseInt(server.awaitLog(OPS, LIMIT).group(1));
        try {
            return Http.get(ops, "/metrics")
                    .text()
                    .lines()
                    .filter(line -> line.startsWith(start))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException("reading metrics", e);
        }
    }
}
