package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Processes;
import dev.narwhal.harness.RedisServer;
import dev.narwhal.harness.RunningNarwhal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions in a Redis that several servers share, and that is not always there. */
@ExtendWith(NarwhalExtension.class)
final class RedisSessionsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern SILENT = Pattern.compile(
            "WARN .*Redis at 127.0.0.1:\\d+ does not answer: .* Requests that need a session get a 503");
    private static final Pattern BACK = Pattern.compile("Redis at 127.0.0.1:\\d+ answers again, after [0-9.]+ s");

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path directory;

    @Test
    void servers_share_sessions_whose_events_happen_once_and_which_survive_workers(Narwhals narwhals)
            throws IOException {
        var war = SessionsTest.war(directory) + "=/one";
        var events = directory.resolve("events");
        var password = Files.writeString(directory.resolve("password"), RedisServer.PASSWORD + "\n");
        try (var redis = RedisServer.start(directory)) {
            var here = narwhals.start(
                    "--dispatch=virtual",
                    "--workers=2",
                    "--sessions=" + redis.url(),
                    "--env=LAB_EVENTS=" + events,
                    war);
            var there = narwhals.start(
                    "--dispatch=threaded",
                    "--workers=2",
                    "--sessions=redis://127.0.0.1:" + redis.port(),
                    "--session-password-file=" + password,
                    "--env=LAB_EVENTS=" + events,
                    war);
            var user = new User(here);
            user.lab("set=user:ann&set=a:1&list&bind=fish");
            user.elsewhere("get=a");
            user.lab("add=1");
            var same = new User(there);
            same.cookie(user.cookie());
            same.everywhere("get=a&get=list", "1\n[1]"::equals);
            same.lab("set=a:2&add=2");
            user.everywhere("get=a&get=list", "2\n[1, 2]"::equals);

            user.lab("change");
            assertThat(user.cookie()).isNotEqualTo(same.cookie());
            assertThat(same.lab("peek")).isEqualTo("none");
            same.cookie(user.cookie());
            same.everywhere("get=a", "2"::equals);

            here.kill9(user.worker());
            here.awaitWorkers(2, LIMIT);
            here.signal("HUP");
            here.awaitLog(Pattern.compile("reloaded: all workers are of generation 2"), LIMIT);
            user.everywhere("get=a&get=list", "2\n[1, 2]"::equals);

            same.lab("timeout=1");
            Await.until("the end of the session", LIMIT, () -> events(events).contains("ann destroyed"));
            user.everywhere("peek", "none"::equals);
            assertThat(events(events)).containsOnlyOnce("ann destroyed", "ann value fish unbound");

            assertThat(here.log().all(Pattern.compile(RedisServer.PASSWORD))).isEmpty();
            for (var server : List.of(here, there)) {
                server.workers().forEach(worker -> assertThat(visible(worker)).doesNotContain(RedisServer.PASSWORD));
            }
            assertThat(visible(there.masterPid())).doesNotContain(RedisServer.PASSWORD);
        }
    }

    @Test
    void logins_limits_and_stickiness_hold_over_two_servers(Narwhals narwhals) throws IOException {
        var users = Files.writeString(directory.resolve("users"), "ann=wonder,member\n");
        var form = UserDatabaseTest.war("FORM").write(directory.resolve("form.war")) + "=/form";
        try (var redis = RedisServer.start(directory)) {
            Function<String, RunningNarwhal> starts = dispatch -> narwhals.start(
                    "--dispatch=" + dispatch,
                    "--workers=2",
                    "--sticky",
                    "--max-sessions=2",
                    "--max-session-size=64k",
                    "--users=" + users,
                    "--sessions=" + redis.url(),
                    SessionsTest.war(directory) + "=/one",
                    form);
            var here = starts.apply("threaded");
            var there = starts.apply("virtual");

            var user = new User(here);
            user.lab("set=a:1&handle");
            long owner = user.worker();
            var identity = user.lab("identity=handle");
            for (int i = 0; i < 10; i++) {
                assertThat(user.lab("identity=handle")).isEqualTo(identity);
                assertThat(user.worker()).isEqualTo(owner);
            }
            assertThat(user.lab("bytes=70000"))
                    .startsWith("IllegalArgumentException: setting the session attribute 'bytes': it takes 700");

            var same = new User(there);
            same.cookie(user.cookie());
            assertThat(same.lab("get=a&bytes=70000&set=a:2"))
                    .startsWith("1\nIllegalArgumentException: setting the session attribute 'bytes'");
            assertThat(user.lab("get=a")).isEqualTo("2");
            new User(there).lab("set=a:1");
            for (var server : List.of(here, there)) {
                assertThat(new User(server).lab("set=a:1"))
                        .isEqualTo(
                                "TooManySessionsException: creating a session of /one: it has 2, as many as --max-sessions allows.");
            }

            logins(here, there);
            logins(there, here);

            here.kill9(owner);
            here.awaitWorkers(2, LIMIT);
            assertThat(user.lab("get=a")).isEqualTo("2");
            user.lab("invalidate");
            same.cookie(user.cookie());
            assertThat(same.lab("peek")).isEqualTo("none");
            new User(there).lab("set=a:2");
        }
    }

    /** Who logs in at one is known by the other, and who logs out there is gone at the first. */
    private static void logins(RunningNarwhal one, RunningNarwhal other) throws IOException {
        String cookie;
        try (var browser = Browser.of(one)) {
            assertThat(browser.get("/form/who").text()).contains("j_security_check");
            var unknown = browser.cookie();
            assertThat(browser.post("/form/j_security_check", "j_username=ann&j_password=wonder")
                            .status())
                    .isEqualTo(303);
            cookie = browser.cookie();
            assertThat(cookie).as("an id that somebody may have given her").isNotEqualTo(unknown);
        }
        for (int i = 0; i < 4; i++) { // each a connection of its own: of both workers
            assertThat(who(other, cookie, "")).contains("user ann principal ann by FORM");
            assertThat(who(one, cookie, "")).contains("user ann principal ann by FORM");
        }
        assertThat(who(other, cookie, "?do=logout")).contains("did logout", "user null");
        for (int i = 0; i < 4; i++) {
            assertThat(who(one, cookie, "")).contains("j_security_check");
            assertThat(who(other, cookie, "")).contains("j_security_check");
        }
    }

    private static String who(RunningNarwhal narwhal, String cookie, String query) throws IOException {
        try (var browser = Browser.of(narwhal)) {
            browser.cookie(cookie);
            return browser.get("/form/who" + query).text();
        }
    }

    private static List<String> events(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What other processes of the same user, and the application, can read of a process. */
    private static String visible(long pid) {
        try {
            return Processes.commandLine(pid)
                    + Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_configuration_that_cannot_be_is_refused_and_one_that_can_is_printed_without_its_password() {
        var war = SessionsTest.war(directory);

        var refused = Launch.run("--sessions=redis://shop:open-sesame@cache:port", war)
                .finish();
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("--sessions: 'cache:port' is no host. Write HOST or HOST:PORT.")
                .doesNotContain("open-sesame");

        var printed = Launch.run("--print-config", war)
                .with("NARWHAL_SESSIONS", "rediss://shop:open-sesame@cache/2")
                .finish();
        assertThat(printed.exitCode()).isZero();
        assertThat(printed.out())
                .contains("sessions = \"rediss://shop:********@cache:6379/2\"")
                .doesNotContain("open-sesame");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sync", "threaded", "virtual"})
    void while_redis_is_silent_or_gone_requests_that_need_a_session_get_503s_and_all_others_go_on(
            String dispatch, Narwhals narwhals) {
        try (var redis = RedisServer.start(directory)) {
            var narwhal = narwhals.start(
                    "--dispatch=" + dispatch,
                    "--workers=2",
                    "--sessions=" + redis.url() + "?timeout=500ms",
                    SessionsTest.war(directory) + "=/one");
            var user = new User(narwhal);
            user.lab("set=a:1");
            user.everywhere("get=a", "1"::equals);

            redis.signal("STOP");
            refuses(narwhal, user);
            redis.signal("CONT");
            recovers(narwhal, user);
            user.everywhere("get=a", "1"::equals);

            redis.stop();
            refuses(narwhal, user);
            redis.restart();
            recovers(narwhal, user);
            user.everywhere("peek", "none"::equals); // this Redis keeps nothing
            user.lab("set=a:2");
            user.everywhere("get=a", "2"::equals);

            assertThat(narwhal.log().all(SILENT))
                    .as("once for each worker and outage")
                    .hasSizeBetween(2, 4);
            assertThat(narwhal.log().all(BACK)).hasSizeBetween(2, 4);
            assertThat(narwhal.log().all(Pattern.compile("ERROR|exited|killed by|\\tat ")))
                    .isEmpty();
        }
    }

    private static void refuses(RunningNarwhal narwhal, User user) {
        var requests = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < 20; i++) {
            var same = new User(narwhal);
            same.cookie(user.cookie());
            requests.add(CompletableFuture.runAsync(
                    () -> {
                        for (int again = 0; again < 10; again++) {
                            var refused = same.ask("/one/lab?get=a");
                            assertThat(refused.status()).isEqualTo(503);
                            assertThat(refused.header("Retry-After")).contains("1");
                        }
                    },
                    Thread::startVirtualThread));
        }
        requests.forEach(CompletableFuture::join);
        var fresh = new User(narwhal).ask("/one/lab?set=a:1");
        assertThat(fresh.status()).isEqualTo(503);
        assertThat(fresh.header("Set-Cookie")).isEmpty();
        assertThat(new User(narwhal).lab("peek")).isEqualTo("none");
    }

    private static void recovers(RunningNarwhal narwhal, User user) {
        var answered = new HashSet<Long>();
        Await.until("answers of both workers", LIMIT, () -> {
            var same = new User(narwhal);
            same.cookie(user.cookie());
            if (same.ask("/one/lab?get=a").status() == 200) {
                answered.add(same.worker());
            }
            return answered.size() == 2;
        });
    }
}
