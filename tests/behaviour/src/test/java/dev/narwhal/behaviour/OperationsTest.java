package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.AcceptQueue;
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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators do to a server while clients are on it: warm-up, reload, rollback, pause; one worker, so that nobody else helps out. */
@ExtendWith(NarwhalExtension.class)
final class OperationsTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int CLIENTS = 4;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"sync", "threaded", "virtual"})
    void a_warm_release_a_rollback_and_a_pause_fail_no_request(String dispatch, Narwhals narwhals) throws IOException {
        var log = directory.resolve("access.log");
        var premises = new Premises(directory);
        var narwhal = premises.start(
                narwhals,
                "--dispatch=" + dispatch,
                "--workers=1",
                "--warmup=/release?warm",
                "--keep-previous=1h",
                "--access-logfile=" + log);
        awaitWarmUps(log, 1);

        try (var load = Load.start(Load.Plan.of(narwhal.port(), "/release", CLIENTS)
                .pause(Duration.ofMillis(20))
                .requestsPerConnection(10))) {
            Wars.release("B", 0).write(premises.war());
            assertThat(premises.ctl("reload", "--wait").out()).isEqualTo("generation 2 serves");
            narwhal.awaitLog(LogLines.RELOADED, LIMIT);
            awaitWarmUps(log, 2);
            awaitRelease(narwhal, "B");

            assertThat(premises.ctl("rollback").exitCode()).isZero();
            narwhal.awaitLog(LogLines.ROLLED_BACK, LIMIT);
            awaitRelease(narwhal, "A");

            assertThat(premises.ctl("pause").exitCode()).isZero();
            Await.until(
                    "connections that wait",
                    LIMIT,
                    () -> AcceptQueue.length(narwhal.port()).orElse(0) > 0);
            assertThat(premises.ctl("resume").exitCode()).isZero();
            load.awaitAnswers(20, LIMIT);

            var report = load.stop();
            assertThat(report.failures()).isEmpty();
            assertThat(report.texts()).containsExactlyInAnyOrder("A", "B");
        }
    }

    /** The line of a request is written when its answer is on the way. */
    private static void awaitWarmUps(Path log, int times) {
        Await.until("warm-ups in the log", LIMIT, () -> {
            try {
                return Files.readString(log)
                                .lines()
                                .filter(line -> line.contains("\"GET /release?warm HTTP/1.1\" 200"))
                                .count()
                        == times;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void awaitRelease(RunningNarwhal narwhal, String release) {
        Await.until("release " + release, LIMIT, () -> {
            try {
                return Http.get(narwhal.port(), "/release").text().equals(release);
            } catch (IOException e) {
                return false;
            }
        });
    }
}
