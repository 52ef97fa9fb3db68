package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.AcceptQueue;
import dev.narwhal.harness.Await;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Processes;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each signal does to an idle server, or to one with a single request. Load is a matter of the chaos tests. */
@ExtendWith(NarwhalExtension.class)
final class SignalsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void term_stops_everything_and_is_no_failure(Narwhals narwhals) {
        var narwhal = narwhals.start("--workers=2", Wars.sample("crashtest"));
        int port = narwhal.port();

        assertThat(narwhal.stop()).isZero();
        assertThat(narwhal.survivors()).isEmpty();
        assertThat(AcceptQueue.length(port)).isEmpty();
        assertThat(narwhal.log().has(LogLines.STOPPING)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sync", "threaded", "virtual"})
    void term_waits_for_a_request_and_says_goodbye_on_its_connection(String dispatch, Narwhals narwhals)
            throws IOException {
        var narwhal = narwhals.start("--dispatch=" + dispatch, "--workers=1", Wars.sample("crashtest"));
        try (var http = Http.connect(narwhal.port())) {
            http.get("/ping");
            http.request("/sleep?ms=1500");
            awaitRequestRuns();
            narwhal.signal("TERM");

            var response = http.response();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.closes()).isTrue();
        }
        assertThat(narwhal.awaitExit(LIMIT)).isZero();
    }

    @Test
    void int_cuts_off_what_takes_long(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start("--workers=1", Wars.sample("crashtest"));
        try (var http = Http.connect(narwhal.port())) {
            http.request("/sleep?ms=60000");
            awaitRequestRuns();
            long begin = System.nanoTime();
            narwhal.signal("INT");

            assertThat(narwhal.awaitExit(LIMIT)).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void what_lasts_longer_than_the_graceful_timeout_is_cut_off_and_named(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start("--workers=1", "--graceful-timeout=2", Wars.sample("crashtest"));
        long worker = narwhal.workers().getFirst();
        try (var http = Http.connect(narwhal.port())) {
            http.request("/sleep?ms=60000");
            awaitRequestRuns();
            narwhal.signal("TERM");

            narwhal.awaitLog(LogLines.CUT_OFF, LIMIT);
            narwhal.awaitLog(LogLines.doing(worker, "GET /sleep"), LIMIT);
            narwhal.awaitExit(LIMIT);
        }
    }

    @Test
    void ttin_and_ttou_change_the_number_of_workers(Narwhals narwhals) {
        var narwhal = narwhals.start("--workers=1", Wars.sample("crashtest"));

        assertThat(wanted(narwhal, "TTIN")).isEqualTo("2");
        narwhal.awaitWorkers(2, LIMIT);
        assertThat(wanted(narwhal, "TTOU")).isEqualTo("1");
        narwhal.awaitWorkers(1, LIMIT);
        assertThat(wanted(narwhal, "TTOU")).as("never the last").isEqualTo("1");
        assertThat(Await.holdsFor(Duration.ofSeconds(1), () -> narwhal.workers().size() == 1))
                .isTrue();
    }

    @Test
    void quit_prints_the_threads_of_the_master_and_nothing_ends(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start("--workers=1", Wars.sample("crashtest"));

        narwhal.signal("QUIT");
        narwhal.awaitLog(LogLines.THREAD_DUMP, LIMIT);
        assertThat(Http.get(narwhal.port(), "/ping").status()).isEqualTo(200);
    }

    @Test
    void a_worker_that_is_sent_term_by_somebody_else_is_replaced(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start("--workers=1", Wars.sample("crashtest"));
        long worker = narwhal.workers().getFirst();

        narwhal.signal(worker, "TERM");
        Await.until(
                "another worker", LIMIT, () -> narwhal.readyWorkers().stream().anyMatch(pid -> pid != worker));
        assertThat(Http.get(narwhal.port(), "/ping").worker()).isNotEqualTo(Optional.of(worker));
    }

    @Test
    void a_terminal_that_interrupts_the_whole_group_does_not_hurt_the_workers_before_they_drain(Narwhals narwhals)
            throws IOException {
        var narwhal = narwhals.start("--workers=1", Wars.sample("crashtest"));
        long worker = narwhal.workers().getFirst();

        narwhal.signal(worker, "INT");
        narwhal.signal(worker, "HUP");
        assertThat(Await.holdsFor(Duration.ofSeconds(1), () -> Processes.isAlive(worker)))
                .isTrue();
        assertThat(Http.get(narwhal.port(), "/ping").worker()).contains(worker);
    }

    /** How many workers are wanted after that signal. */
    private static String wanted(RunningNarwhal narwhal, String signal) {
        int from = narwhal.log().size();
        narwhal.signal(signal);
        var line = narwhal.log().await(LogLines.WANTED, LIMIT, from);
        assertThat(line.group(1)).isEqualTo(signal);
        return line.group(2);
    }

    /** The request was sent on a loopback connection to a warm server; its effect cannot be seen from outside. */
    private static void awaitRequestRuns() {
        Await.holdsFor(Duration.ofMillis(300), () -> true);
    }
}
