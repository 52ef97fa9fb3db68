package dev.narwhal.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Load;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Processes;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The death of a worker costs the requests that were in flight in it, and nothing else. */
@ExtendWith(NarwhalExtension.class)
final class KilledWorkerTest {

    private static final int CLIENTS = 50;
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(3);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** How long after a kill its victims may notice it. */
    private static final Duration NOTICE = Duration.ofSeconds(2);

    private record Kill(long pid, long at) {}

    @ParameterizedTest
    @ValueSource(strings = {"sync", "threaded", "virtual"})
    void only_requests_in_flight_in_a_killed_worker_fail(String dispatch, Narwhals narwhals) {
        var narwhal = narwhals.start("--workers=3", "--dispatch=" + dispatch, Wars.sample("crashtest"));
        try (var load = Load.start(Load.Plan.of(narwhal.port(), "/ping", CLIENTS))) {
            load.awaitAnswers(500, LIMIT);
            var kills = killFor(Scale.period(), narwhal, load);
            load.awaitAnswers(500, LIMIT);
            var report = load.stop();
            System.out.printf(
                    "%s: %d kills, %d failures, %s%n",
                    dispatch, kills.size(), report.failures().size(), report.latencies());

            assertThat(kills).isNotEmpty();
            assertThat(report.failures())
                    .allSatisfy(failure -> assertThat(isExcused(failure, kills))
                            .as(failure.toString())
                            .isTrue());
            assertThat(report.failures()).hasSizeLessThanOrEqualTo(kills.size() * CLIENTS);
        }
        narwhal.awaitWorkers(3, LIMIT);
    }

    private static List<Kill> killFor(Duration period, RunningNarwhal narwhal, Load load) {
        var random = new Random(20261122);
        var kills = new ArrayList<Kill>();
        long end = System.nanoTime() + period.toNanos();
        while (System.nanoTime() - end < 0) {
            var workers = narwhal.readyWorkers();
            if (!workers.isEmpty()) {
                long victim = workers.get(random.nextInt(workers.size()));
                kills.add(new Kill(victim, System.nanoTime()));
                narwhal.kill9(victim);
            }
            load.keepUp(BETWEEN_KILLS);
        }
        return kills;
    }

    /** A connection whose first request fails does not know its worker; then the time has to do. */
    private static boolean isExcused(Load.Failure failure, List<Kill> kills) {
        boolean cut = failure.kind() == Load.Kind.UNANSWERED || failure.kind() == Load.Kind.TRUNCATED;
        return cut
                && kills.stream()
                        .filter(kill ->
                                failure.worker().isEmpty() || failure.worker().get() == kill.pid())
                        .anyMatch(kill -> failure.begin() - kill.at() <= NOTICE.toNanos()
                                && failure.end() - kill.at() >= 0
                                && failure.end() - kill.at() <= NOTICE.toNanos());
    }

    @Test
    void the_log_says_which_signal_and_what_the_worker_was_doing(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start("--workers=2", Wars.sample("crashtest"));
        try (var http = Http.connect(narwhal.port())) {
            long victim = http.get("/ping").worker().orElseThrow();
            http.request("/sleep?ms=60000");
            Await.holdsFor(Duration.ofMillis(300), () -> true);
            narwhal.kill9(victim);

            narwhal.awaitLog(LogLines.endedBySignal(victim, 9), LIMIT);
            narwhal.awaitLog(LogLines.doing(victim, "GET /sleep"), LIMIT);
        }
        narwhal.awaitWorkers(2, LIMIT);
    }

    @Test
    void no_zombie_is_left(Narwhals narwhals) {
        var narwhal = narwhals.start("--workers=2", Wars.sample("crashtest"));
        long victim = narwhal.workers().getFirst();

        narwhal.kill9(victim);
        Await.until("the end of " + victim, LIMIT, () -> Processes.state(victim) == ' ');
    }

    @ParameterizedTest
    @ValueSource(strings = {"/exit?code=7", "/halt?code=7"})
    void an_application_that_ends_its_process_costs_one_worker(String deadly, Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start("--workers=2", Wars.sample("crashtest"));
        long victim;
        try (var http = Http.connect(narwhal.port())) {
            victim = http.get("/ping").worker().orElseThrow();
            http.request(deadly);
            narwhal.awaitLog(LogLines.exitedWithCode(victim, 7), LIMIT);
        }
        assertThat(Http.get(narwhal.port(), "/ping").status()).isEqualTo(200);
        narwhal.awaitWorkers(2, LIMIT);
    }

    @Test
    void an_out_of_memory_error_costs_one_worker_and_is_named(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start("--workers=2", "--java-opts=-Xmx96m", Wars.sample("crashtest"));
        long victim;
        try (var http = Http.connect(narwhal.port())) {
            victim = http.get("/ping").worker().orElseThrow();
            http.request("/oom");
            narwhal.awaitLog(LogLines.doing(victim, "out of memory"), LIMIT);
        }
        assertThat(Http.get(narwhal.port(), "/ping").status()).isEqualTo(200);
        narwhal.awaitWorkers(2, LIMIT);
    }
}
