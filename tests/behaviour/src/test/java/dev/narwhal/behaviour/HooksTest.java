package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.narwhal.harness.Await;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Commands that are run when something happens, and the time between TERM and the stop. */
@ExtendWith(NarwhalExtension.class)
final class HooksTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Pattern OPS = Pattern.compile("health and metrics at http://127\\.0\\.0\\.1:(\\d+)/metrics");

    @TempDir
    Path directory;

    @Test
    void what_happens_is_told_in_order(Narwhals narwhals) throws IOException {
        var told = directory.resolve("told");
        var hooks = new StringBuilder("[hooks]\n");
        for (var event : List.of(
                "started", "ready", "worker-ready", "worker-exited", "reload-ok", "reload-failed", "stopping")) {
            hooks.append("on-%s = \"cat >> %s\"\n".formatted(event, told));
        }
        var config = Files.writeString(directory.resolve("narwhal.toml"), hooks);
        var war = Files.copy(Wars.sample("crashtest"), directory.resolve("app.war"));
        var narwhal = narwhals.start("--config=" + config, "--workers=1", war);
        long worker = narwhal.readyWorkers().getFirst();
        await(told, "ready");

        narwhal.kill9(worker);
        await(told, "worker-exited");
        Await.until(
                "another worker",
                LIMIT,
                () -> !narwhal.readyWorkers().isEmpty()
                        && !narwhal.readyWorkers().contains(worker));
        narwhal.signal("HUP");
        await(told, "reload-ok");
        Files.writeString(war, "no WAR");
        narwhal.signal("HUP");
        await(told, "reload-failed");
        assertThat(narwhal.stop()).isZero();

        var events = events(told);
        assertThat(events)
                .extracting(event -> event.get("event").getAsString())
                .startsWith("started", "worker-ready", "ready", "worker-exited")
                .contains("reload-ok", "reload-failed", "stopping");
        var exited = first(events, "worker-exited");
        assertThat(exited.get("worker").getAsLong()).isEqualTo(worker);
        assertThat(exited.get("cause").getAsString()).isEqualTo("signal-9");
        assertThat(exited.get("master").getAsLong()).isEqualTo(narwhal.masterPid());
        assertThat(first(events, "reload-failed").get("reason").getAsString()).contains("app.war");
    }

    @Test
    void a_command_that_hangs_holds_nobody_up(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start("--hooks=on-started=exec sleep 1000", "--workers=1", Wars.sample("hello"));

        assertThat(Http.get(narwhal.port(), "/hello").status()).isEqualTo(200);
        // It outlives nobody: it is killed with what it has started.
        assertThat(narwhal.stop()).isZero();
    }

    @Test
    void an_event_that_there_is_not_is_refused() {
        var refused = Launch.run("--hooks=on-redy=true", Wars.sample("hello")).finish();

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("'on-redy' is no event", "Did you mean 'on-ready'?");
    }

    @Test
    void a_lame_duck_is_not_ready_but_accepts_until_its_time_is_over(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start("--ops=127.0.0.1:0", "--lame-duck=1h", "--workers=1", Wars.sample("hello"));
        int ops = Integer.parseInt(narwhal.awaitLog(OPS).group(1));
        assertThat(Http.get(ops, "/readyz").status()).isEqualTo(200);

        narwhal.signal("TERM");

        Await.until("not ready", LIMIT, () -> get(ops).startsWith("leaving, 1 of 1"));
        assertThat(Http.get(narwhal.port(), "/hello").status()).isEqualTo(200);
        narwhal.signal("TERM");
        assertThat(narwhal.awaitExit(LIMIT)).isZero();
    }

    private static String get(int ops) {
        try {
            return Http.get(ops, "/readyz").text();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(Path told, String event) {
        Await.until(
                event,
                LIMIT,
                () -> events(told).stream()
                        .anyMatch(each -> each.get("event").getAsString().equals(event)));
    }

    private static JsonObject first(List<JsonObject> events, String name) {
        return events.stream()
                .filter(event -> event.get("event").getAsString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonObject> events(Path told) {
        try {
            return Files.exists(told)
                    ? Files.readAllLines(told).stream()
                            .map(line -> JsonParser.parseString(line).getAsJsonObject())
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
