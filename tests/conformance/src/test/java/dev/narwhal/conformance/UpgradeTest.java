package dev.narwhal.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servlet 6.1, §2.3.3.5: connections that were upgraded, when the server stops. */
@ExtendWith(NarwhalExtension.class)
final class UpgradeTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(strings = {"sync", "virtual"})
    void clause_2_3_3_5_a_handler_is_told_the_end_before_the_worker_would_be_killed(
            String dispatch, Narwhals narwhals, @TempDir Path directory) throws IOException {
        var probe = Probe.start(narwhals, dispatch, directory, "--graceful-timeout=6s");
        try (var http = probe.connect()) {
            http.send(
                    "GET /probe/answer/upgrade HTTP/1.1\r\nHost: localhost\r\nUpgrade: loud\r\nConnection: Upgrade\r\n\r\n");
            while (!http.line().isEmpty()) {
                // headers
            }
            probe.narwhal().signal("TERM");

            assertThat(http.send("ahoy\n").line()).isEqualTo("AHOY");
            assertThat(http.ended()).isTrue();
        }
        probe.narwhal().awaitLog(Pattern.compile("loud ended"), LIMIT);
        assertThat(probe.narwhal().awaitExit(LIMIT)).isZero();
        assertThat(probe.narwhal().log().text()).doesNotContain("sending KILL");
    }
}
