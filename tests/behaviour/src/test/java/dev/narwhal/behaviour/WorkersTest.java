package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.narwhal.behaviour.app.LeaderServlet;
import dev.narwhal.harness.Await;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.WarBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One worker among others: what it knows of itself, who leads, and what an operator can do to it. */
@ExtendWith(NarwhalExtension.class)
final class WorkersTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    @Test
    void one_worker_leads_and_the_lead_moves_when_it_dies(Narwhals narwhals) {
        var narwhal = start(narwhals);
        long leader = awaitLeader(narwhal);
        long other = narwhal.readyWorkers().stream()
                .filter(pid -> pid != leader)
                .findFirst()
                .orElseThrow();
        assertThat(answerOf(narwhal, other)).contains("false false");
        assertThat(index(narwhal, leader)).isNotEqualTo(index(narwhal, other));

        narwhal.kill9(leader);

        assertThat(awaitLeader(narwhal)).isEqualTo(other);
        narwhal.awaitWorkers(2, LIMIT);
        assertThat(leaders()).containsExactly(other);
    }

    @Test
    void a_worker_is_restarted_by_another_that_is_ready_first(Narwhals narwhals) throws IOException {
        var narwhal = start(narwhals);
        var before = narwhal.readyWorkers();
        long replaced = before.getFirst();

        assertThat(ctl("worker", "restart", Long.toString(replaced)).exitCode()).isZero();

        Await.until(
                "another in its place",
                LIMIT,
                () -> narwhal.readyWorkers().size() == 2
                        && !narwhal.readyWorkers().contains(replaced));
        assertThat(narwhal.readyWorkers()).contains(before.get(1));
        assertThat(narwhal.log().text()).contains("is to be replaced: it is restarted by an operator");
        assertThat(Http.get(narwhal.port(), "/leader").status()).isEqualTo(200);
    }

    @Test
    void a_worker_can_be_looked_into_and_killed(Narwhals narwhals) throws IOException {
        var narwhal = start(narwhals);
        assertThat(ctl("worker", "dump", "0").out()).contains("heartbeat", "\tat ".strip());
        var heap = directory.resolve("w.hprof");
        assertThat(ctl("worker", "heap", "0", heap.toString()).exitCode()).isZero();
        assertThat(heap).isNotEmptyFile();
        var recording = directory.resolve("w.jfr");
        assertThat(ctl("worker", "jfr", "1", recording.toString(), "--seconds=1")
                        .exitCode())
                .isZero();
        Await.until("the recording", LIMIT, () -> Files.exists(recording) && size(recording) > 0);
        long killed = pid(0);

        assertThat(ctl("worker", "kill", "0").exitCode()).isZero();

        Await.until(
                "another in its place",
                LIMIT,
                () -> narwhal.readyWorkers().size() == 2
                        && !narwhal.readyWorkers().contains(killed));
        assertThat(ctl("worker", "restart", "7").err()).contains("no worker has the slot or pid 7. There are: ");
        assertThat(ctl("worker", "stop", "0").exitCode()).isEqualTo(2);
    }

    @Test
    void a_pause_leaves_new_connections_in_the_queue_until_it_is_over(Narwhals narwhals) throws IOException {
        var narwhal = start(narwhals);
        assertThat(ctl("pause").exitCode()).isZero();
        // Until every worker has seen it.
        try (var first = Http.connect(narwhal.port()).request("/leader");
                var second = Http.connect(narwhal.port()).request("/leader");
                var third = Http.connect(narwhal.port()).request("/leader")) {
            Await.until("one that waits", LIMIT, () -> queued() > 0);
            assertThat(status().get("mode").getAsString()).isEqualTo("paused");

            assertThat(ctl("resume").exitCode()).isZero();

            for (var each : List.of(first, second, third)) {
                assertThat(each.response().status()).isEqualTo(200);
            }
        }
        assertThat(queued()).isZero();
    }

    @Test
    void the_configuration_is_shown_with_its_origins(Narwhals narwhals) {
        start(narwhals);
        assertThat(ctl("config").out()).contains("workers = 2", "# --workers", "control-socket");
        assertThat(ctl("listeners").out()).contains("http://127.0.0.1:");
    }

    private RunningNarwhal start(Narwhals narwhals) {
        var narwhal = narwhals.start(
                "--workers=2",
                "--control-socket=" + directory.resolve("ctl.sock"),
                new WarBuilder()
                        .descriptor("<distributable/>")
                        .classes(LeaderServlet.class)
                        .write(directory.resolve("leader.war")));
        narwhal.awaitWorkers(2, LIMIT);
        return narwhal;
    }

    private static long awaitLeader(RunningNarwhal narwhal) {
        return Await.value(
                "a worker that says it leads",
                LIMIT,
                () -> IntStream.range(0, 4)
                        .mapToObj(_ -> answer(narwhal))
                        .filter(response -> response.endsWith("true true"))
                        .map(response -> Long.valueOf(response.substring(0, response.indexOf(':'))))
                        .findFirst());
    }

    private static String answerOf(RunningNarwhal narwhal, long worker) {
        return Await.value(
                "an answer of " + worker,
                LIMIT,
                () -> Optional.of(answer(narwhal)).filter(response -> response.startsWith(worker + ":")));
    }

    private static String index(RunningNarwhal narwhal, long worker) {
        var words = answerOf(narwhal, worker).split("[: ]", -1);
        assertThat(words[1]).isEqualTo(words[2]);
        return words[1];
    }

    private static String answer(RunningNarwhal narwhal) {
        try {
            var response = Http.get(narwhal.port(), "/leader");
            return response.worker().orElseThrow() + ":" + response.text();
        } catch (IOException e) {
            return "";
        }
    }

    private List<Long> leaders() {
        return StreamSupport.stream(status().getAsJsonArray("workers").spliterator(), false)
                .map(worker -> worker.getAsJsonObject())
                .filter(worker -> worker.get("leader").getAsBoolean())
                .map(worker -> worker.get("pid").getAsLong())
                .toList();
    }

    private long pid(int slot) {
        return StreamSupport.stream(status().getAsJsonArray("workers").spliterator(), false)
                .map(worker -> worker.getAsJsonObject())
                .filter(worker -> worker.get("slot").getAsInt() == slot)
                .mapToLong(worker -> worker.get("pid").getAsLong())
                .findFirst()
                .orElseThrow();
    }

    private JsonObject status() {
        return JsonParser.parseString(ctl("status", "--json").out()).getAsJsonObject();
    }

    private int queued() {
        return JsonParser.parseString(ctl("listeners", "--json").out())
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject()
                .get("queued")
                .getAsInt();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Launch.Finished ctl(String... words) {
        var all = new ArrayList<Object>(List.of("ctl", "--socket=" + directory.resolve("ctl.sock")));
        all.addAll(List.of(words));
        return Launch.of(all.toArray()).finish();
    }
}
