package dev.narwhal.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Load;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Premises;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Releases come, are tried, and are taken back, and no client notices. */
@ExtendWith(NarwhalExtension.class)
final class ReleasesTest {

    private static final int CLIENTS = 50;
    private static final int DEPLOY = 4;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(100);

    @RegisterExtension
    private final Heir heir = new Heir();

    @TempDir
    Path directory;

    @Test
    void five_reloads_two_rollbacks_two_upgrades_recycling_and_changing_numbers_of_workers_fail_no_request(
            Narwhals narwhals) {
        var narwhal =
                premises().start(narwhals, "--workers=2", "--surge=2", "--max-requests=500", "--keep-previous=1h");
        try (var load = load(narwhal)) {
            reload(narwhal, "B");
            reload(narwhal, "C");
            rollBack(narwhal, "B");
            reload(narwhal, "D");
            narwhal.signal("TTIN");
            load.awaitAnswers(200, LIMIT);
            narwhal.signal("TTOU");
            reload(narwhal, "E");
            rollBack(narwhal, "D");
            reload(narwhal, "F");
            load.awaitAnswers(200, LIMIT);
            assertThat(premises().ctl("status").out())
                    .contains("is kept for a rollback")
                    .contains("paused");
            upgrade(narwhal.masterPid(), narwhal, "G"); // a master goes that keeps workers
            load.awaitAnswers(200, LIMIT);
            upgrade(heir.pid(), narwhal, "H");
            load.awaitAnswers(200, LIMIT);

            var report = load.stop();
            System.out.printf(
                    "releases: %s, %d workers%n",
                    report.latencies(), report.workers().size());
            assertThat(report.failures()).isEmpty();
            assertThat(report.texts()).containsExactly("A", "B", "C", "D", "E", "F", "G", "H");
        }
        Wars.release("I", 0).write(premises().war());
        var reloaded = premises().ctl("reload", "--wait");
        assertThat(reloaded.exitCode()).as(reloaded.output()).isZero();
        assertThat(premises().ctl("status").out()).contains("is kept for a rollback");
        // TERM with workers that are kept: the end of the test looks for what is left.
    }

    @Test
    void a_canary_with_twenty_percent_errors_is_taken_back_by_itself(Narwhals narwhals) throws IOException {
        var narwhal =
                premises().start(narwhals, "--workers=2", "--canary=1h", "--canary-requests=20", "--access-logfile=-");
        var before = narwhal.readyWorkers();
        try (var load = comingAndGoing(narwhal)) {
            Wars.release("B", 5).write(premises().war());
            var refused = premises().ctl("reload", "--wait");

            assertThat(refused.exitCode()).as(refused.output()).isEqualTo(DEPLOY);
            assertThat(refused.err()).contains("of its first worker's", "failed", "Generation 1 goes on serving");
            assertThat(load.stop().failures()).allMatch(failure -> failure.kind() == Load.Kind.STATUS);
        }
        assertThat(narwhal.awaitWorkers(2, LIMIT)).containsExactlyInAnyOrderElementsOf(before);
        assertThat(Http.get(narwhal.port(), "/release").text()).isEqualTo("A");
        assertThat(premises().ctl("metrics").out()).contains("narwhal_reloads_total{outcome=\"canary\"} 1.0");

        // TERM while a release is watched
        Wars.release("C", 0).write(premises().war());
        narwhal.signal("HUP");
        narwhal.log().await(LogLines.WATCHED, LIMIT, narwhal.log().size() - 1);
        assertThat(narwhal.stop()).isZero();
    }

    @Test
    void term_while_a_release_is_tried_leaves_nothing(Narwhals narwhals) throws IOException {
        var fault = directory.resolve("fault");
        Wars.release("A", 0).write(premises().war());
        var narwhal = narwhals.startLaunch(
                premises().run("--workers=1", "--graceful-timeout=2s").with("PROBE_FAULT", fault));
        Files.writeString(fault, "hang");
        int from = narwhal.log().size();
        narwhal.signal("HUP");
        narwhal.log().await(Pattern.compile("worker \\d+ \\(pid \\d+\\) boots generation=2"), LIMIT, from);
        assertThat(narwhal.stop()).isZero();
    }

    private static Load load(RunningNarwhal narwhal) {
        return Load.start(Load.Plan.of(narwhal.port(), "/release", CLIENTS).pause(PAUSE));
    }

    /** A worker that comes later gets connections that come later. */
    private static Load comingAndGoing(RunningNarwhal narwhal) {
        return Load.start(
                Load.Plan.of(narwhal.port(), "/release", CLIENTS).pause(PAUSE).requestsPerConnection(5));
    }

    private void reload(RunningNarwhal narwhal, String release) {
        int from = narwhal.log().size();
        Wars.release(release, 0).write(premises().war());
        narwhal.signal("HUP");
        narwhal.log().await(LogLines.RELOADED, LIMIT, from);
        assertServed(narwhal, release);
    }

    private void upgrade(long master, RunningNarwhal narwhal, String release) {
        Wars.release(release, 0).write(premises().war());
        heir.replace(master, premises());
        assertServed(narwhal, release);
    }

    private void rollBack(RunningNarwhal narwhal, String release) {
        int from = narwhal.log().size();
        var order = premises().ctl("rollback");
        assertThat(order.exitCode()).as(order.output()).isZero();
        narwhal.log().await(LogLines.ROLLED_BACK, LIMIT, from);
        assertServed(narwhal, release);
    }

    /** New connections are accepted by workers of that release alone. */
    private static void assertServed(RunningNarwhal narwhal, String release) {
        Await.until(
                "release " + release + " serves", LIMIT, () -> served(narwhal).equals(release));
    }

    private static String served(RunningNarwhal narwhal) {
        try {
            return Http.get(narwhal.port(), "/release").text();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Premises premises() {
        return new Premises(directory);
    }
}
