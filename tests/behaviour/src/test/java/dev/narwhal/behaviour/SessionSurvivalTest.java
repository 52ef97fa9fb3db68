package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.EachDispatch;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RunningNarwhal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** What becomes of sessions, and of what cannot be stored of them, when workers die. */
@EachDispatch
final class SessionSurvivalTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Parameter
    @SuppressWarnings("NullAway.Init") // by JUnit
    private String dispatch;

    @SuppressWarnings("NullAway.Init") // by start
    private Path directory;

    @SuppressWarnings("NullAway.Init") // by start
    private Path events;

    @SuppressWarnings("NullAway.Init") // by start
    private RunningNarwhal narwhal;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(Narwhals narwhals, @TempDir Path scratch) {
        directory = scratch;
        events = scratch.resolve("events");
        var written = SessionsTest.lab("").write(scratch.resolve("for-one-jvm.war")) + "=/undistributable";
        narwhal = narwhals.start(
                "--dispatch=" + dispatch,
                "--workers=2",
                "--env=LAB_EVENTS=" + events,
                SessionsTest.war(scratch) + "=/one",
                written);
    }

    /** Whichever of the two it was. */
    @Test
    void sessions_expire_once_also_after_the_death_of_the_worker_that_ended_others() {
        for (long victim : narwhal.readyWorkers()) {
            var name = "after-" + victim;
            new User(narwhal).lab("timeout=1&set=user:" + name);
            narwhal.kill9(victim);
            Await.until("the end of the session", LIMIT, () -> destroyed(name) > 0);
            narwhal.awaitWorkers(2, LIMIT);
            assertThat(destroyed(name)).isOne();
        }
    }

    private long destroyed(String user) {
        try {
            return lines().stream().filter((user + " destroyed")::equals).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> lines() throws IOException {
        return Files.exists(events) ? Files.readAllLines(events) : List.of();
    }

    @Test
    void an_application_that_was_written_for_one_jvm_may_keep_what_cannot_be_shared() {
        var user = new User(narwhal);

        assertThat(user.lab("/undistributable", "set=a:1&handle")).doesNotContain("IllegalArgumentException");
        assertThat(user.lab("/undistributable", "get=a")).isEqualTo("1");
        narwhal.awaitLog(kept("/undistributable"));
        assertThat(narwhal.log().all(kept("/undistributable"))).hasSize(1);
    }

    @Test
    void sessions_of_one_worker_survive_it_but_for_what_cannot_be_stored(Narwhals narwhals) {
        var alone = narwhals.start("--dispatch=" + dispatch, "--workers=1", SessionsTest.war(directory) + "=/one");
        var user = new User(alone);
        user.lab("set=a:1&handle");
        assertThat(user.lab("get=a&get=handle")).startsWith("1\n").contains("Handle@");
        assertThat(user.lab("names&handle")).isEqualTo("a,handle");
        alone.awaitLog(kept("/one"));
        assertThat(alone.log().all(kept("/one"))).hasSize(1);

        long victim = user.worker();
        alone.kill9(victim);
        Await.until(
                "another worker",
                LIMIT,
                () -> alone.readyWorkers().size() == 1 && !alone.readyWorkers().contains(victim));
        assertThat(user.lab("get=a&get=handle")).isEqualTo("1\nnull");
    }

    private static Pattern kept(String context) {
        return Pattern.compile(
                "storing the session attribute 'handle' of " + context + ".* kept in the memory of this worker");
    }
}
