package dev.narwhal.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.Load;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Processes;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Workers that die young, hang or do not boot; and how many there are. */
@ExtendWith(NarwhalExtension.class)
final class SupervisionTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** How long all processes are stopped; {@code 60} is the full run. */
    private static final Duration STANDSTILL = Duration.ofSeconds(Integer.getInteger("narwhal.chaos.standstill", 6));

    @TempDir
    Path directory;

    @Test
    void workers_that_die_young_are_respawned_ever_later_and_the_others_serve_on(Narwhals narwhals) throws IOException {
        var fault = directory.resolve("fault");
        var war = Wars.probe().write(directory.resolve("app.war"));
        var narwhal = narwhals.startLaunch(Launch.run("--workers=2", war).with("PROBE_FAULT", fault));
        Files.writeString(fault, "halt");
        narwhal.kill9(narwhal.readyWorkers().getFirst());

        Await.until(
                "three growing delays",
                LIMIT,
                () -> narwhal.log().all(LogLines.BACKOFF).size() >= 3);
        var delays = narwhal.log().all(LogLines.BACKOFF).stream()
                .map(line -> Integer.valueOf(line.group(1)))
                .toList();
        assertThat(delays).isSorted().first().isEqualTo(1);
        assertThat(delays.getLast()).isGreaterThanOrEqualTo(4);
        assertThat(Http.get(narwhal.port(), "/ping").status()).isEqualTo(200);

        Files.delete(fault);
        narwhal.awaitWorkers(2, LIMIT);
    }

    @Test
    void a_worker_without_heartbeat_is_killed_with_a_reason_and_replaced(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start("--workers=2", "--liveness-timeout=2", Wars.sample("crashtest"));
        try (var http = Http.connect(narwhal.port())) {
            long frozen = http.get("/ping").worker().orElseThrow();
            http.request("/sleep?ms=60000");
            Await.holdsFor(Duration.ofMillis(300), () -> true);
            narwhal.signal(frozen, "STOP");

            narwhal.awaitLog(LogLines.noHeartbeat(frozen), LIMIT);
            narwhal.awaitLog(LogLines.doing(frozen, "GET /sleep"), LIMIT);
            Await.until("the end of " + frozen, LIMIT, () -> !Processes.isAlive(frozen));
            assertThat(narwhal.awaitWorkers(2, LIMIT)).doesNotContain(frozen);
        }
    }

    @Test
    void nobody_is_killed_because_all_stood_still(Narwhals narwhals) throws IOException {
        var narwhal =
                narwhals.start("--workers=2", "--dispatch=sync", "--liveness-timeout=2", Wars.sample("crashtest"));
        var workers = narwhal.readyWorkers();
        var requests = new ArrayList<Http>();
        for (int i = 0; i < 4; i++) {
            requests.add(Http.connect(narwhal.port()).request("/sleep?ms=1000"));
        }
        var tree = new ArrayList<>(List.of(narwhal.masterPid()));
        tree.addAll(workers);
        tree.forEach(pid -> narwhal.signal(pid, "STOP"));
        Await.holdsFor(STANDSTILL, () -> true);
        tree.forEach(pid -> narwhal.signal(pid, "CONT"));

        for (var request : requests) {
            assertThat(request.response().status()).isEqualTo(200);
            request.close();
        }
        assertThat(Await.holdsFor(Duration.ofSeconds(3), () -> narwhal.workers().containsAll(workers)))
                .as("all workers live on")
                .isTrue();
        assertThat(narwhal.log().text()).doesNotContain("no heartbeat", "is to be replaced");
    }

    @Test
    void a_worker_that_serves_long_requests_is_alive(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start("--workers=1", "--liveness-timeout=2", Wars.sample("crashtest"));
        var before = narwhal.workers();

        assertThat(Http.get(narwhal.port(), "/sleep?ms=5000").status()).isEqualTo(200);
        assertThat(Http.get(narwhal.port(), "/spin?ms=5000").status()).isEqualTo(200);
        assertThat(narwhal.workers()).isEqualTo(before);
    }

    @Test
    void a_sync_worker_that_serves_a_long_request_is_alive(Narwhals narwhals) throws IOException {
        var narwhal =
                narwhals.start("--workers=1", "--dispatch=sync", "--liveness-timeout=2", Wars.sample("crashtest"));
        var before = narwhal.workers();

        assertThat(Http.get(narwhal.port(), "/sleep?ms=5000").status()).isEqualTo(200);
        assertThat(narwhal.workers()).isEqualTo(before);
    }

    @Test
    void a_first_worker_that_does_not_boot_in_time_ends_the_master(Narwhals narwhals) throws IOException {
        var fault = Files.writeString(directory.resolve("fault"), "hang");
        var war = Wars.probe().write(directory.resolve("app.war"));
        var narwhal = narwhals.begin(
                Launch.run("--workers=2", "--boot-timeout=5", war).with("PROBE_FAULT", fault));

        assertThat(narwhal.awaitLog(LogLines.BOOT_TIMEOUT, LIMIT).group(1)).isEqualTo("5");
        assertThat(narwhal.awaitExit(LIMIT)).isEqualTo(3);
    }

    @Test
    void ttin_and_ttou_give_one_worker_more_or_less_without_loss(Narwhals narwhals) {
        var narwhal = narwhals.start("--workers=2", Wars.sample("crashtest"));
        var plan = Load.Plan.of(narwhal.port(), "/ping", 20);
        try (var load = Load.start(plan)) {
            load.awaitAnswers(200, LIMIT);
            narwhal.signal("TTIN");
            narwhal.awaitWorkers(3, LIMIT);
            narwhal.signal("TTOU");
            narwhal.awaitWorkers(2, LIMIT);
            narwhal.signal("TTOU");
            narwhal.awaitWorkers(1, LIMIT);
            load.awaitAnswers(200, LIMIT);
            assertThat(load.stop().failures()).isEmpty();
        }
    }

    @Test
    void winch_drains_all_workers_and_whoever_connects_waits_for_the_next_one(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start("--workers=2", Wars.sample("crashtest"));
        try (var busy = Http.connect(narwhal.port())) {
            busy.get("/ping");
            busy.request("/sleep?ms=1500");
            Await.holdsFor(Duration.ofMillis(300), () -> true);
            narwhal.signal("WINCH");

            assertThat(busy.response().status()).isEqualTo(200);
        }
        Await.until("no worker", LIMIT, () -> narwhal.workers().isEmpty());
        assertThat(narwhal.isAlive()).isTrue();

        try (var waiting = Http.connect(narwhal.port())) {
            waiting.request("/ping");
            narwhal.signal("TTIN");
            assertThat(waiting.response().status()).isEqualTo(200);
        }
        narwhal.awaitWorkers(1, LIMIT);
    }

    @Test
    void hup_after_winch_brings_the_workers_back(Narwhals narwhals) {
        var narwhal = narwhals.start("--workers=2", Wars.sample("crashtest"));
        narwhal.signal("WINCH");
        Await.until("no worker", LIMIT, () -> narwhal.workers().isEmpty());

        narwhal.signal("HUP");

        narwhal.awaitWorkers(2, LIMIT);
    }
}
