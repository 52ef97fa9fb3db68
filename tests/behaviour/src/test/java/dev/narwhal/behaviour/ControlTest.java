package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import dev.narwhal.harness.Await;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.WarBuilder;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code narwhal ctl}, and what it talks to. */
@ExtendWith(NarwhalExtension.class)
final class ControlTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int USAGE = 2;
    private static final int DEPLOY = 4;
    private static final int SYSTEM = 5;

    @TempDir
    Path directory;

    @Test
    void it_shows_the_server_its_workers_and_the_requests_in_flight(Narwhals narwhals) throws IOException {
        var narwhal = start(narwhals, "--workers=2", Wars.sample("crashtest"));
        var workers = narwhal.awaitWorkers(2, LIMIT);
        try (var hanging = Http.connect(narwhal.port())) {
            hanging.request("/sleep?ms=100000");
            Await.until("the request is in flight", LIMIT, () -> !requests().isEmpty());

            var status = JsonParser.parseString(ctl("status", "--json").out()).getAsJsonObject();
            assertThat(status.get("pid").getAsLong()).isEqualTo(narwhal.masterPid());
            assertThat(status.get("mode").getAsString()).isEqualTo("running");
            assertThat(status.get("ready").getAsInt()).isEqualTo(2);
            assertThat(status.getAsJsonObject("release").get("serving").getAsInt())
                    .isOne();
            assertThat(status.getAsJsonArray("listeners").get(0).getAsString()).isEqualTo(narwhal.url("/"));
            assertThat(status.getAsJsonArray("workers"))
                    .extracting(worker -> worker.getAsJsonObject().get("pid").getAsLong())
                    .containsExactlyInAnyOrderElementsOf(workers);

            var request = requests().get(0).getAsJsonObject();
            assertThat(request.get("method").getAsString()).isEqualTo("GET");
            assertThat(request.get("path").getAsString()).isEqualTo("/sleep");
            assertThat(workers).contains(request.get("pid").getAsLong());

            assertThat(ctl().out()).contains("master pid=" + narwhal.masterPid(), "2 of 2 workers ready", "SLOT");
            assertThat(ctl("requests").out()).contains("AGE", "/sleep");
            assertThat(ctl("workers").out().lines()).hasSize(3);
            assertThat(ctl("sessions").out())
                    .contains("0 live, ", "LIVE   CREATED   EXPIRED INVALIDATED   REFUSED       KIB CONTEXT");
        }
    }

    @Test
    void it_says_when_a_server_does_not_answer(Narwhals narwhals) throws IOException {
        var narwhal = start(narwhals, Wars.sample("hello"));
        narwhal.signal("STOP");
        try {
            var unanswered = ctl();
            assertThat(unanswered.exitCode()).isEqualTo(SYSTEM);
            assertThat(unanswered.err()).contains("no answer in 10 s", "kill -CONT");
        } finally {
            narwhal.signal("CONT");
        }
        assertThat(ctl().exitCode()).isZero();
    }

    @Test
    void reload_waits_for_the_new_release_or_says_why_it_was_refused(Narwhals narwhals) throws IOException {
        var war = Files.copy(Wars.sample("hello"), directory.resolve("app.war"));
        var narwhal = start(narwhals, "--workers=2", war);
        var before = narwhal.awaitWorkers(2, LIMIT);

        var reloaded = ctl("reload", "--wait");
        assertThat(reloaded.exitCode()).as(reloaded.output()).isZero();
        assertThat(reloaded.out()).isEqualTo("generation 2 serves");
        var after = narwhal.awaitWorkers(2, LIMIT);
        assertThat(after).doesNotContainAnyElementsOf(before);

        new WarBuilder().webXml("<web-app><servlet>").write(war);
        var refused = ctl("reload", "--wait");
        assertThat(refused.exitCode()).as(refused.output()).isEqualTo(DEPLOY);
        assertThat(refused.err())
                .startsWith("narwhal: reloading: ")
                .contains("web.xml", "Generation 2 goes on serving");
        assertThat(narwhal.readyWorkers()).containsExactlyInAnyOrderElementsOf(after);
        assertThat(ctl().out()).contains("generation 3 was refused: ");
    }

    @Test
    void it_adds_and_removes_workers_and_stops_the_server(Narwhals narwhals) {
        var narwhal = start(narwhals, "--workers=1", Wars.sample("hello"));
        narwhal.awaitWorkers(1, LIMIT);

        assertThat(ctl("add").out()).isEqualTo("add: accepted");
        narwhal.awaitWorkers(2, LIMIT);
        assertThat(ctl("remove").exitCode()).isZero();
        narwhal.awaitWorkers(1, LIMIT);
        assertThat(ctl("stop").exitCode()).isZero();
        assertThat(narwhal.awaitExit(LIMIT)).isZero();
        assertThat(socket()).doesNotExist();
    }

    @Test
    void the_socket_is_the_owners_alone_and_speaks_http(Narwhals narwhals) throws IOException {
        start(narwhals, "--workers=1", Wars.sample("hello"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                .isEqualTo("rw-------");
        assertThat(curl("/readyz")).isEqualTo("1 of 1 workers ready\n");
        assertThat(curl("/metrics")).contains("narwhal_workers{state=\"ready\"} 1.0");
        assertThat(curl("/nothing")).contains("no /nothing here. There are: GET /livez");
        assertThat(curl("/reload")).contains("/reload does not take GET but POST.");
    }

    @Test
    void a_server_is_found_by_itself_if_it_is_the_only_one(Narwhals narwhals) throws IOException {
        var launch = Launch.of("ctl").with("XDG_RUNTIME_DIR", directory);
        var none = launch.finish();
        assertThat(none.exitCode()).isEqualTo(SYSTEM);
        assertThat(none.err()).startsWith("narwhal: finding a server: none").contains(directory.toString());

        var narwhal = narwhals.startLaunch(
                Launch.run("--workers=1", Wars.sample("hello")).with("XDG_RUNTIME_DIR", directory));
        var only = launch.finish();
        assertThat(only.out()).contains("master pid=" + narwhal.masterPid());

        narwhals.startLaunch(Launch.run("--workers=1", Wars.sample("hello")).with("XDG_RUNTIME_DIR", directory));
        var two = launch.finish();
        assertThat(two.exitCode()).isEqualTo(SYSTEM);
        assertThat(two.err()).contains("2 run", narwhal.masterPid() + ".sock");
    }

    @Test
    void a_socket_that_a_killed_master_left_is_replaced_and_one_in_use_is_not(Narwhals narwhals) throws IOException {
        try (var left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(socket()));
        }
        assertThat(socket()).exists();
        start(narwhals, "--workers=1", Wars.sample("hello"));
        assertThat(curl("/livez")).isEqualTo("ok\n");

        var second =
                Launch.run("--control-socket=" + socket(), Wars.sample("hello")).finish();
        assertThat(second.exitCode()).isEqualTo(SYSTEM);
        assertThat(second.err()).contains("opening the control socket " + socket() + ": it is in use.");
        assertThat(curl("/livez")).isEqualTo("ok\n");
    }

    @Test
    void a_wrong_word_is_answered_with_the_right_one() {
        var asked = Launch.of("ctl", "relaod").finish();
        assertThat(asked.exitCode()).isEqualTo(USAGE);
        assertThat(asked.err()).contains("relaod: no such command of ctl. Did you mean 'reload'?");
    }

    private RunningNarwhal start(Narwhals narwhals, Object... arguments) {
        var launch = Launch.run(arguments).with("NARWHAL_CONTROL_SOCKET", socket());
        return narwhals.startLaunch(launch);
    }

    private Path socket() {
        return directory.resolve("ctl.sock");
    }

    private JsonArray requests() {
        return JsonParser.parseString(ctl("requests", "--json").out()).getAsJsonArray();
    }

    private Launch.Finished ctl(String... words) {
        var arguments = new Object[words.length + 2];
        arguments[0] = "ctl";
        arguments[1] = "--socket=" + socket();
        System.arraycopy(words, 0, arguments, 2, words.length);
        return Launch.of(arguments).finish();
    }

    private String curl(String path) throws IOException {
        var curl = new ProcessBuilder("curl", "-s", "--unix-socket", socket().toString(), "http://localhost" + path)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
