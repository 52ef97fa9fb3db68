package dev.narwhal.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Launch;
import dev.narwhal.harness.Load;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.WarBuilder;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A release goes live or is refused, and no client notices. */
@ExtendWith(NarwhalExtension.class)
final class ReloadTest {

    private static final int CLIENTS = 50;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"sync", "threaded", "virtual"})
    void three_reloads_under_load_drop_no_request(String dispatch, Narwhals narwhals) {
        var narwhal = narwhals.start("--workers=3", "--dispatch=" + dispatch, Wars.sample("crashtest"));
        var before = narwhal.readyWorkers();
        try (var load = load(narwhal)) {
            for (int i = 0; i < 3; i++) {
                load.awaitAnswers(500, LIMIT);
                reload(narwhal);
            }
            load.awaitAnswers(500, LIMIT);
            assertNoFailure(dispatch, load);
        }
        assertThat(narwhal.awaitWorkers(3, LIMIT)).doesNotContainAnyElementsOf(before);
    }

    @Test
    void new_connections_are_served_during_a_reload_too(Narwhals narwhals) {
        var narwhal = narwhals.start("--workers=2", Wars.sample("crashtest"));
        var plan = Load.Plan.of(narwhal.port(), "/ping", CLIENTS).requestsPerConnection(1);
        try (var load = Load.start(plan)) {
            load.awaitAnswers(500, LIMIT);
            reload(narwhal);
            load.awaitAnswers(500, LIMIT);
            assertNoFailure("new connections", load);
        }
    }

    @Test
    void a_broken_release_is_refused_before_any_worker_is_touched(Narwhals narwhals) throws IOException {
        var war = Files.copy(Wars.sample("crashtest"), directory.resolve("app.war"));
        var narwhal = narwhals.start("--workers=3", war);
        var before = narwhal.readyWorkers();
        try (var load = load(narwhal)) {
            load.awaitAnswers(500, LIMIT);
            new WarBuilder().webXml("<web-app><servlet>").write(war);
            narwhal.signal("HUP");

            assertThat(narwhal.awaitLog(LogLines.RELOAD_REFUSED, LIMIT).group(1))
                    .contains("web.xml");
            load.awaitAnswers(500, LIMIT);
            assertNoFailure("broken release", load);
        }
        assertThat(narwhal.readyWorkers()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void a_release_that_fails_in_its_first_worker_is_refused_and_a_good_one_follows(Narwhals narwhals)
            throws IOException {
        var fault = directory.resolve("fault");
        var war = Wars.probe().write(directory.resolve("app.war"));
        var narwhal = narwhals.startLaunch(Launch.run("--workers=2", war).with("PROBE_FAULT", fault));
        var before = narwhal.readyWorkers();
        try (var load = load(narwhal)) {
            Files.writeString(fault, "throw");
            narwhal.signal("HUP");
            assertThat(narwhal.awaitLog(LogLines.RELOAD_REFUSED, LIMIT).group(1))
                    .contains("the probe was told to fail");
            assertThat(narwhal.readyWorkers()).containsExactlyInAnyOrderElementsOf(before);

            Files.delete(fault);
            reload(narwhal);
            load.awaitAnswers(500, LIMIT);
            assertNoFailure("second try", load);
        }
        assertThat(narwhal.awaitWorkers(2, LIMIT)).doesNotContainAnyElementsOf(before);
    }

    @Test
    void a_release_that_does_not_boot_in_time_is_refused(Narwhals narwhals) throws IOException {
        var fault = directory.resolve("fault");
        var war = Wars.probe().write(directory.resolve("app.war"));
        var narwhal = narwhals.startLaunch(
                Launch.run("--workers=2", "--boot-timeout=20", war).with("PROBE_FAULT", fault));
        var before = narwhal.readyWorkers();
        try (var load = load(narwhal)) {
            Files.writeString(fault, "hang");
            narwhal.signal("HUP");

            assertThat(narwhal.awaitLog(LogLines.BOOT_TIMEOUT, LIMIT).group(1)).isEqualTo("20");
            narwhal.awaitLog(LogLines.RELOAD_REFUSED, LIMIT);
            load.awaitAnswers(500, LIMIT);
            assertNoFailure("boot timeout", load);
        }
        assertThat(narwhal.readyWorkers()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void many_hups_at_once_are_no_harm(Narwhals narwhals) {
        var narwhal = narwhals.start("--workers=2", Wars.sample("crashtest"));
        try (var load = load(narwhal)) {
            load.awaitAnswers(500, LIMIT);
            int from = narwhal.log().size();
            List.of("HUP", "HUP", "HUP", "HUP", "HUP").forEach(narwhal::signal);
            narwhal.log().await(LogLines.RELOADED, LIMIT, from);
            load.awaitAnswers(500, LIMIT);
            assertNoFailure("five HUPs", load);
        }
    }

    @Test
    void what_ttin_asked_for_outlives_a_reload(Narwhals narwhals) {
        var narwhal = narwhals.start("--workers=1", Wars.sample("crashtest"));
        narwhal.signal("TTIN");
        narwhal.awaitWorkers(2, LIMIT);

        reload(narwhal);

        narwhal.awaitWorkers(2, LIMIT);
    }

    private static Load load(RunningNarwhal narwhal) {
        return Load.start(Load.Plan.of(narwhal.port(), "/ping", CLIENTS));
    }

    private static void reload(RunningNarwhal narwhal) {
        int from = narwhal.log().size();
        narwhal.signal("HUP");
        narwhal.log().await(LogLines.RELOADED, LIMIT, from);
    }

    private static void assertNoFailure(String what, Load load) {
        var report = load.stop();
        System.out.printf("%s: %s%n", what, report.latencies());
        assertThat(report.failures()).isEmpty();
    }
}
