package dev.narwhal.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.narwhal.harness.Await;
import dev.narwhal.harness.Load;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Premises;
import dev.narwhal.harness.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The number of workers follows the load, and no client notices. */
@ExtendWith(NarwhalExtension.class)
final class AdaptationTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Pattern GROWN = Pattern.compile("adapting: workers wanted: 2, before 1: connections wait");
    private static final Pattern SHRUNK = Pattern.compile("adapting: workers wanted: 1, before 2: one less is enough");

    @TempDir
    Path directory;

    @Test
    void a_load_brings_a_worker_and_its_end_takes_it_away_without_a_failed_request(Narwhals narwhals) {
        var premises = new Premises(directory);
        var narwhal = premises.start(
                narwhals,
                "--workers=1..2",
                "--dispatch=threaded",
                "--threads=2",
                "--grow-after=300ms",
                "--shrink-after=1s");
        narwhal.awaitWorkers(1, LIMIT);

        // Of 12 clients that come anew for each request, two are served at a time and the others wait in the kernel.
        var crowd = Load.start(Load.Plan.of(narwhal.port(), "/sleep?ms=100", 12).requestsPerConnection(1));
        narwhal.awaitLog(GROWN, LIMIT);
        narwhal.awaitWorkers(2, LIMIT);
        var two = JsonParser.parseString(premises.ctl("status", "--json").out()).getAsJsonObject();
        assertThat(two.get("target").getAsInt()).isEqualTo(2);
        assertThat(two.getAsJsonObject("range").get("most").getAsInt()).isEqualTo(2);
        assertThat(crowd.stop().failures()).isEmpty();

        try (var few = Load.start(Load.Plan.of(narwhal.port(), "/sleep?ms=10", 1)
                .requestsPerConnection(5)
                .pause(Duration.ofMillis(100)))) {
            narwhal.awaitLog(SHRUNK, LIMIT);
            narwhal.awaitWorkers(1, LIMIT);
            few.awaitAnswers(5, LIMIT);
            assertThat(few.stop().failures()).isEmpty();
        }
        assertThat(premises.ctl("metrics").out())
                .contains(
                        "narwhal_workers_adaptations_total{cause=\"queued\",outcome=\"grown\"} 1.0",
                        "narwhal_workers_adaptations_total{cause=\"enough\",outcome=\"shrunk\"} 1.0",
                        "narwhal_workers_limit{bound=\"most\"} 2.0");
    }

    @Test
    void what_an_operator_asked_for_survives_a_reload_and_an_upgrade(Narwhals narwhals) {
        var premises = new Premises(directory);
        var narwhal = premises.start(narwhals, "--workers=1");
        assertThat(premises.ctl("add").exitCode()).isZero();
        narwhal.awaitWorkers(2, LIMIT);
        int from = narwhal.log().size();
        narwhal.signal("HUP");
        narwhal.log().await(LogLines.RELOADED, LIMIT, from);
        narwhal.awaitWorkers(2, LIMIT);

        assertThat(premises.ctl("upgrade", "--wait").exitCode()).isZero();
        long heir = Long.parseLong(narwhal.awaitLog(LogLines.UPGRADED, LIMIT).group(1));
        try {
            assertThat(narwhal.awaitExit(LIMIT)).isZero();
            assertThat(JsonParser.parseString(premises.ctl("status", "--json").out())
                            .getAsJsonObject()
                            .get("ready")
                            .getAsInt())
                    .isEqualTo(2);
            assertThat(premises.ctl("metrics").out())
                    .as("counters that go on")
                    .contains(
                            "narwhal_reloads_total{outcome=\"ok\"} 1.0",
                            "narwhal_worker_spawns_total 6.0",
                            "narwhal_generation 3.0");
        } finally {
            Processes.signal(heir, "TERM");
            Await.until("the end of the new master", LIMIT, () -> !Processes.isAlive(heir));
        }
    }
}
