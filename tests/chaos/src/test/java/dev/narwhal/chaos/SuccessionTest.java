package dev.narwhal.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.narwhal.harness.Await;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Load;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Premises;
import dev.narwhal.harness.Processes;
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

/** A new master takes the place of the old one, and no client notices. */
@ExtendWith(NarwhalExtension.class)
final class SuccessionTest {

    private static final int CLIENTS = 50;
    private static final int DEPLOY = 4;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final Pattern STARTING_MASTER = Pattern.compile("starting narwhal master pid=(\\d+)");
    private static final Pattern BOOTING = Pattern.compile("worker \\d+ \\(pid \\d+\\) boots");

    @TempDir
    Path directory;

    @RegisterExtension
    private final Heir heir = new Heir();

    @Test
    void two_upgrades_fail_no_request_and_everything_changes_hands(Narwhals narwhals) throws IOException {
        var pidFile = directory.resolve("narwhal.pid");
        var narwhal = premises().start(narwhals, "--workers=2", "--pid=" + pidFile);
        try (var load = Load.start(
                Load.Plan.of(narwhal.port(), "/release", CLIENTS).pause(PAUSE).requestsPerConnection(20))) {
            Wars.release("B", 0).write(premises().war());
            narwhal.signal("USR2");
            heir.is(Long.parseLong(narwhal.awaitLog(LogLines.UPGRADED, LIMIT).group(1)));
            load.awaitAnswers(200, LIMIT);
            assertThat(narwhal.awaitExit(LIMIT)).isZero();
            assertTaken(pidFile, narwhal, "B");

            Wars.release("C", 0).write(premises().war());
            heir.replace(heir.pid(), premises()); // its log nobody reads any more
            load.awaitAnswers(200, LIMIT);
            assertTaken(pidFile, narwhal, "C");

            var report = load.stop();
            System.out.printf(
                    "upgrades: %s, %d workers%n",
                    report.latencies(), report.workers().size());
            assertThat(report.failures()).isEmpty();
            assertThat(report.texts()).containsExactly("A", "B", "C");
        }
    }

    @Test
    void an_upgrade_that_cannot_serve_is_given_up_and_the_old_master_goes_on(Narwhals narwhals) throws IOException {
        var narwhal = premises().start(narwhals, "--workers=2");
        var workers = narwhal.awaitWorkers(2, LIMIT);
        Wars.release("B", 0)
                .file("WEB-INF/web.xml", "<web-app>")
                .write(premises().war());

        var refused = premises().ctl("upgrade", "--wait");

        assertThat(refused.exitCode()).as(refused.output()).isEqualTo(DEPLOY);
        assertThat(refused.err()).contains("web.xml", "goes on serving");
        assertThat(narwhal.isAlive()).isTrue();
        assertThat(narwhal.awaitWorkers(2, LIMIT)).containsExactlyInAnyOrderElementsOf(workers);
        assertThat(Http.get(narwhal.port(), "/release").text()).isEqualTo("A");

        Wars.release("C", 0).write(premises().war());
        heir.replace(narwhal.masterPid(), premises());
        assertThat(narwhal.awaitExit(LIMIT)).isZero();
        assertThat(Http.get(narwhal.port(), "/release").text()).isEqualTo("C");
    }

    @Test
    void term_during_an_upgrade_ends_both_masters(Narwhals narwhals) throws IOException {
        var fault = directory.resolve("fault");
        Wars.release("A", 0).write(premises().war());
        var narwhal = narwhals.startLaunch(
                premises().run("--workers=1", "--graceful-timeout=5s").with("PROBE_FAULT", fault));
        Files.writeString(fault, "hang");
        narwhal.signal("USR2");
        Await.until(
                "the new master spawns a worker",
                LIMIT,
                () -> narwhal.log().all(STARTING_MASTER).size() == 2
                        && narwhal.log().all(BOOTING).size() == 2);
        heir.is(Long.parseLong(narwhal.log().all(STARTING_MASTER).getLast().group(1)));

        assertThat(narwhal.stop()).isZero();
        assertThat(Processes.isAlive(heir.pid())).isFalse();
        heir.is(0);
    }

    /** What only one master can have is the new one's. */
    private void assertTaken(Path pidFile, RunningNarwhal narwhal, String release) throws IOException {
        Await.until(
                "the pid file names the new master",
                LIMIT,
                () -> Files.exists(pidFile) && text(pidFile).equals(Long.toString(heir.pid())));
        Await.until(
                "ctl reaches the new master",
                LIMIT,
                () -> premises().ctl("status", "--json").exitCode() == 0);
        var status =
                JsonParser.parseString(premises().ctl("status", "--json").out()).getAsJsonObject();
        assertThat(status.get("pid").getAsLong()).isEqualTo(heir.pid());
        assertThat(Http.get(narwhal.port(), "/release").text()).isEqualTo(release);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Premises premises() {
        return new Premises(directory);
    }
}
