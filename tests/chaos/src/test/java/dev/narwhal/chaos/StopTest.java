package dev.narwhal.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.AcceptQueue;
import dev.narwhal.harness.Await;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Processes;
import dev.narwhal.harness.Response;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The end of the server: what was accepted, or waits to be, is answered; and nothing is left. */
@ExtendWith(NarwhalExtension.class)
final class StopTest {

    private static final Pattern BOOTS_AGAIN = Pattern.compile("boots generation=2");
    private static final int IN_FLIGHT = 200;
    private static final int QUEUED = 50;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @ParameterizedTest
    @CsvSource({"threaded, --threads=100", "virtual, --max-inflight=100"})
    void term_answers_what_is_in_flight_and_what_waits_in_the_accept_queue(
            String dispatch, String permits, Narwhals narwhals) throws Exception {
        var narwhal = narwhals.start("--workers=2", "--dispatch=" + dispatch, permits, Wars.sample("crashtest"));
        answers(ask(narwhal, IN_FLIGHT, "/sleep?ms=20")); // warm

        // Long enough for all to be in flight at once, also on a slow machine.
        var all = new ArrayList<Http>(ask(narwhal, IN_FLIGHT, "/sleep?ms=4000"));
        Await.until("200 requests in flight", LIMIT, () -> queue(narwhal) == 0);
        all.addAll(ask(narwhal, QUEUED, "/sleep?ms=1000"));
        Await.until("50 connections in the accept queue", Duration.ofSeconds(2), () -> queue(narwhal) == QUEUED);
        narwhal.signal("TERM");

        assertThat(answers(all))
                .hasSize(IN_FLIGHT + QUEUED)
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        assertThat(narwhal.awaitExit(LIMIT)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"sync", "threaded", "virtual"})
    void a_connection_that_sends_its_request_after_term_is_answered_if_it_was_there_before(
            String dispatch, Narwhals narwhals) throws Exception {
        var narwhal = narwhals.start("--workers=1", "--dispatch=" + dispatch, Wars.sample("crashtest"));
        try (var busy = Http.connect(narwhal.port());
                var waiting = Http.connect(narwhal.port())) {
            busy.request("/sleep?ms=2000");
            waiting.request("/ping");
            narwhal.signal("TERM");

            assertThat(busy.response().status()).isEqualTo(200);
            assertThat(waiting.response().status()).isEqualTo(200);
        }
        assertThat(narwhal.awaitExit(LIMIT)).isZero();
    }

    @Test
    void no_process_outlives_a_killed_master_by_five_seconds_and_the_port_is_free(Narwhals narwhals)
            throws IOException {
        var narwhal = narwhals.start("--workers=3", Wars.sample("crashtest"));
        int port = narwhal.port();
        var workers = narwhal.workers();
        assertThat(Http.get(port, "/ping").status()).isEqualTo(200);

        narwhal.kill9(narwhal.masterPid());

        Await.until(
                "the end of " + workers,
                Duration.ofSeconds(5),
                () -> workers.stream().noneMatch(Processes::isAlive)
                        && AcceptQueue.length(port).isEmpty());
    }

    @Test
    void a_killed_master_takes_a_hanging_worker_with_it(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start("--workers=1", "--graceful-timeout=3", Wars.sample("crashtest"));
        var workers = narwhal.workers();
        try (var http = Http.connect(narwhal.port())) {
            http.request("/hang");
            Await.holdsFor(Duration.ofMillis(300), () -> true);

            narwhal.kill9(narwhal.masterPid());

            Await.until(
                    "the end of " + workers,
                    Duration.ofSeconds(5),
                    () -> workers.stream().noneMatch(Processes::isAlive));
        }
    }

    @Test
    void a_killed_master_takes_a_worker_with_it_that_does_not_become_ready(Narwhals narwhals, @TempDir Path directory)
            throws IOException {
        var fault = directory.resolve("fault");
        var war = Wars.probe().write(directory.resolve("app.war"));
        var narwhal = narwhals.startLaunch(Launch.run("--workers=1", war).with("PROBE_FAULT", fault));
        Files.writeString(fault, "hang");
        narwhal.signal("HUP");
        narwhal.awaitLog(BOOTS_AGAIN);
        var workers = narwhal.workers();

        narwhal.kill9(narwhal.masterPid());

        assertThat(workers).hasSize(2);
        Await.until(
                "the end of " + workers,
                Duration.ofSeconds(5),
                () -> workers.stream().noneMatch(Processes::isAlive));
    }

    @Test
    void term_while_workers_boot_ends_them_too(Narwhals narwhals, @TempDir Path directory) throws IOException {
        var fault = Files.writeString(directory.resolve("fault"), "hang");
        var narwhal = narwhals.begin(
                Launch.run("--workers=2", "--graceful-timeout=3", Wars.probe().write(directory.resolve("app.war")))
                        .with("PROBE_FAULT", fault));
        narwhal.awaitLog(Pattern.compile("worker 1 \\(pid \\d+\\) boots"), LIMIT);

        narwhal.signal("TERM");

        assertThat(narwhal.awaitExit(LIMIT)).isZero();
    }

    @Test
    void term_while_a_worker_drains_ends_within_the_limit(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start("--workers=2", "--graceful-timeout=3", Wars.sample("crashtest"));
        try (var http = Http.connect(narwhal.port())) {
            long worker = http.get("/ping").worker().orElseThrow();
            http.request("/hang");
            narwhal.signal(worker, "TERM");
            narwhal.awaitLog(Pattern.compile("worker \\d \\(pid " + worker + "\\) drains"), LIMIT);

            narwhal.signal("TERM");

            assertThat(narwhal.awaitExit(LIMIT)).isZero();
            narwhal.awaitLog(LogLines.doing(worker, "GET /hang"), LIMIT);
        }
    }

    @Test
    void idle_connections_do_not_hold_up_the_stop(Narwhals narwhals) throws Exception {
        var narwhal = narwhals.start("--workers=2", Wars.sample("crashtest"));
        var idle = ask(narwhal, 100, "/ping");
        for (var http : idle) {
            http.response();
        }
        long begin = System.nanoTime();

        assertThat(narwhal.stop()).isZero();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        for (var http : idle) {
            assertThat(http.ended()).isTrue();
            http.close();
        }
    }

    private static int queue(RunningNarwhal narwhal) {
        return AcceptQueue.length(narwhal.port()).orElseThrow();
    }

    private static List<Http> ask(RunningNarwhal narwhal, int count, String path) throws IOException {
        var connections = new ArrayList<Http>();
        for (int i = 0; i < count; i++) {
            connections.add(Http.connect(narwhal.port()).request(path));
        }
        return connections;
    }

    private static List<Response> answers(List<Http> connections) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = new ArrayList<Future<Response>>();
            for (var http : connections) {
                futures.add(executor.submit(() -> http.response()));
            }
            var answers = new ArrayList<Response>();
            for (var future : futures) {
                answers.add(future.get());
            }
            for (var http : connections) {
                http.close();
            }
            return answers;
        }
    }
}
