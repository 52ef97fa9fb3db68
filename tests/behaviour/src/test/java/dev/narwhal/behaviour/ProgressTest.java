package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.behaviour.app.OverdueServlet;
import dev.narwhal.harness.Await;
import dev.narwhal.harness.EachDispatch;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.WarBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** A worker whose threads are all in requests that do not end, while others wait, is found without any limit for requests. */
@EachDispatch
final class ProgressTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String STACK = "(\\R.*\\tat .*)+";
    private static final Pattern OPS = Pattern.compile("health and metrics at http://127\\.0\\.0\\.1:(\\d+)/metrics");
    private static final int PLACES = 2;

    @Parameter
    @SuppressWarnings("NullAway.Init") // by JUnit
    private String dispatch;

    @TempDir
    Path directory;

    @Test
    void whoever_waits_for_a_worker_that_gets_on_with_nothing_is_served_by_another(Narwhals narwhals)
            throws IOException {
        var server = narwhals.start(
                "--dispatch=" + dispatch,
                "--workers=1",
                "--threads=" + PLACES,
                "--max-inflight=" + PLACES,
                "--java-opts=-Djdk.virtualThreadScheduler.parallelism=" + PLACES,
                "--liveness-timeout=2s",
                "--graceful-timeout=1s",
                "--ops=127.0.0.1:0",
                war());
        int ops = Integer.parseInt(server.awaitLog(OPS, LIMIT).group(1));
        for (var way : ways()) {
            long worker = server.readyWorkers().getFirst();
            var stuck = new ArrayList<Http>();
            int places = dispatch.equals("sync") ? 1 : PLACES;
            for (int i = 0; i < places; i++) {
                stuck.add(Http.connect(server.port()).request("/overdue/" + way));
            }
            Await.until("all places are taken", LIMIT, () -> inFlight(ops) == places);
            try (var waiting = Http.connect(server.port()).readLimit(LIMIT)) {
                assertThat(waiting.get("/overdue/well").text()).isEqualTo("well");
            }
            server.awaitLog(
                    Pattern.compile(
                            "worker \\d \\(pid " + worker
                                    + "\\) is to be replaced: it has got on with no request for \\d+\\.\\d s although \\d+ wait"),
                    LIMIT);
            Await.until("every thread is shown", LIMIT, () -> stacks(server, way) >= places);
            Await.until("the worker is gone", LIMIT, () -> !server.workers().contains(worker));
            assertThat(server.awaitWorkers(1, LIMIT)).doesNotContain(worker);
            for (var each : stuck) {
                each.close();
            }
        }
        assertThat(server.log().text()).contains("Full thread dump");
    }

    /** Each once or twice: a start of a server takes its time. */
    private List<String> ways() {
        return switch (dispatch) {
            case "sync" -> List.of("loop", "sleep");
            case "threaded" -> List.of("lock");
            default -> List.of("loop");
        };
    }

    /** How many threads have been shown, with the place in the application. */
    private static long stacks(RunningNarwhal server, String way) {
        return Pattern.compile("no progress: GET /overdue/" + way + " has run for \\S+ s request-id=\\S+ on .*" + STACK)
                .matcher(server.log().text())
                .results()
                .filter(shown -> shown.group().contains("OverdueServlet." + (way.equals("sleep") ? "doGet" : way)))
                .count();
    }

    private static double inFlight(int ops) {
        try {
            return Http.get(ops, "/metrics")
                    .text()
                    .lines()
                    .filter(line -> line.startsWith("narwhal_requests_in_flight{"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException("reading metrics", e);
        }
    }

    private Path war() {
        return new WarBuilder()
                .descriptor("<distributable/>")
                .classes(OverdueServlet.class)
                .write(directory.resolve("overdue.war"));
    }
}
