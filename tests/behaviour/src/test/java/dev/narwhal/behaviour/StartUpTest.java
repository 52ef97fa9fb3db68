package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NarwhalExtension.class)
final class StartUpTest {

    @Test
    void the_log_tells_address_backlog_master_workers_dispatch_and_url(Narwhals narwhals) {
        var narwhal = narwhals.start("--workers=2", "--dispatch=threaded", Wars.sample("crashtest"));

        assertThat(narwhal.awaitLog(LogLines.BACKLOG).group(1)).isEqualTo("2048");
        assertThat(narwhal.awaitLog(LogLines.MASTER).group(1)).isEqualTo(Long.toString(narwhal.masterPid()));
        assertThat(narwhal.awaitLog(LogLines.WORKERS).group(1)).isEqualTo("2");
        assertThat(narwhal.awaitLog(LogLines.DISPATCH).group(1)).isEqualTo("threaded");
        assertThat(narwhal.log().all(LogLines.READY))
                .extracting(ready -> Long.valueOf(ready.group(2)))
                .containsExactlyInAnyOrderElementsOf(narwhal.workers());
    }

    @Test
    void the_last_line_has_the_url_to_open_and_the_name_of_the_application(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start(Wars.sample("hello"));

        assertThat(narwhal.log().lines().getLast()).containsPattern(LogLines.SERVING);
        assertThat(narwhal.log().lines().getLast()).contains("hello.war", "http://127.0.0.1:" + narwhal.port() + "/");
        assertThat(Http.get(narwhal.port(), "/").status()).isEqualTo(200);
    }

    @Test
    void an_application_that_is_not_distributable_gets_one_worker_and_the_log_says_so(Narwhals narwhals) {
        var narwhal = narwhals.start(Wars.sample("hello"));

        assertThat(narwhal.workers()).hasSize(1);
        assertThat(narwhal.awaitLog(LogLines.WORKERS).group(2)).contains("<distributable/>");
    }

    @Test
    void a_distributable_application_gets_several_workers(Narwhals narwhals) {
        var narwhal = narwhals.start(Wars.sample("classic"));

        assertThat(narwhal.workers()).hasSizeGreaterThan(1);
    }

    @Test
    void workers_that_are_asked_for_beat_a_missing_mark_with_a_warning(Narwhals narwhals) {
        var narwhal = narwhals.start("--workers=2", Wars.sample("hello"));

        assertThat(narwhal.workers()).hasSize(2);
        assertThat(narwhal.log().has(LogLines.NOT_DISTRIBUTABLE)).isTrue();
    }

    @Test
    void dispatch_is_chosen_with_a_reason_when_nobody_chooses(Narwhals narwhals) {
        var narwhal = narwhals.start(Wars.sample("hello"));

        assertThat(narwhal.awaitLog(LogLines.DISPATCH).group(1)).isEqualTo("virtual");
        assertThat(narwhal.awaitLog(LogLines.DISPATCH).group(2)).isNotBlank();
    }

    @Test
    void worker_class_is_another_name_of_dispatch(Narwhals narwhals) {
        var narwhal = narwhals.start("--worker-class=sync", Wars.sample("hello"));

        assertThat(narwhal.awaitLog(LogLines.DISPATCH).group(1)).isEqualTo("sync");
    }

    @Test
    void a_second_start_reuses_what_the_first_has_prepared(Narwhals narwhals) {
        var first = narwhals.start(Wars.sample("hello"));
        first.stop();
        var second = narwhals.start(Wars.sample("hello"));

        assertThat(unpackings(second)).isZero();
    }

    @Test
    void a_healthy_server_without_requests_is_silent(Narwhals narwhals) {
        var narwhal = narwhals.start(Wars.sample("hello"));
        int lines = narwhal.log().size();

        assertThat(Await.holdsFor(Duration.ofSeconds(3), () -> narwhal.log().size() == lines))
                .isTrue();
    }

    private static int unpackings(RunningNarwhal narwhal) {
        return narwhal.log().all(Pattern.compile("unpacking ")).size();
    }
}
