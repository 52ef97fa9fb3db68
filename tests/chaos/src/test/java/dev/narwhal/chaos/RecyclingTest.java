package dev.narwhal.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.Load;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Wars;
import java.time.Duration;
import java.util.HashSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers are replaced when they have served long enough, and no client notices. */
@ExtendWith(NarwhalExtension.class)
final class RecyclingTest {

    private static final int CLIENTS = 50;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Pattern GREW = Pattern.compile("is to be replaced: it has (\\d+) MiB in memory, of 200");

    private static final Pattern REPLACED =
            Pattern.compile("draining worker \\d \\(pid \\d+\\): it has \\d+ MiB in memory");

    @ParameterizedTest
    @ValueSource(strings = {"sync", "threaded", "virtual"})
    void workers_that_have_served_so_many_requests_are_replaced_under_load(String dispatch, Narwhals narwhals) {
        var narwhal = narwhals.start(
                "--workers=2",
                "--dispatch=" + dispatch,
                "--max-requests=500",
                "--max-requests-jitter=100",
                Wars.sample("crashtest"));
        var seen = new HashSet<>(narwhal.readyWorkers());
        try (var load = Load.start(Load.Plan.of(narwhal.port(), "/ping", CLIENTS))) {
            Await.until("six workers have served", LIMIT, () -> {
                seen.addAll(narwhal.readyWorkers());
                return seen.size() >= 6;
            });
            load.awaitAnswers(500, LIMIT);
            assertThat(load.stop().failures()).isEmpty();
        }
    }

    @Test
    void a_worker_that_has_grown_too_large_is_replaced(Narwhals narwhals) {
        var narwhal =
                narwhals.start("--workers=2", "--max-rss=200m", "--java-opts=-Xmx2g -Xms32m", Wars.sample("crashtest"));
        try (var load = Load.start(growing(narwhal.port()))) {
            Await.until("two have grown", LIMIT, () -> narwhal.log().all(GREW).size() >= 2);
            narwhal.awaitLog(REPLACED, LIMIT);
            assertThat(load.stop().failures()).isEmpty();
        }
    }

    private static Load.Plan growing(int port) {
        return Load.Plan.of(port, "/leak?mib=1", 2).pause(Duration.ofMillis(50));
    }
}
