package dev.narwhal.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Load;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers are replaced when they have served long enough, and no client notices. */
@ExtendWith(NarwhalExtension.class)
final class RecyclingTest {

    private static final int CLIENTS = 50;
    private static final int REQUESTS = Integer.getInteger("narwhal.chaos.requests", 8000);
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

    /** 5 MiB for each 100 requests; {@code -Dnarwhal.chaos.requests=50000} is the full run. */
    @Test
    void workers_that_grow_with_every_request_fail_none(Narwhals narwhals) {
        var narwhal =
                narwhals.start("--workers=2", "--max-rss=200m", "--java-opts=-Xmx2g -Xms32m", Wars.sample("crashtest"));
        var plan = Load.Plan.of(narwhal.port(), "/leak?kib=51", 10).pause(Duration.ofMillis(10));
        try (var load = Load.start(plan)) {
            load.awaitAnswers(REQUESTS, Duration.ofMinutes(20));
            assertThat(load.stop().failures()).isEmpty();
        }
        assertThat(narwhal.log().all(GREW)).hasSizeGreaterThanOrEqualTo(REQUESTS / 8000);
    }

    @Test
    void a_worker_that_grows_faster_than_another_one_boots_is_killed(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start(
                "--workers=2",
                "--max-rss=200m",
                "--max-rss-hard=600m",
                "--java-opts=-Xmx2g -Xms32m",
                Wars.sample("crashtest"));
        try (var http = Http.connect(narwhal.port())) {
            long worker = http.get("/ping").worker().orElseThrow();
            http.request("/leak?mib=800"); // it may be killed before it has answered
            narwhal.awaitLog(
                    Pattern.compile("worker \\d \\(pid " + worker
                            + "\\) has \\d+ MiB in memory, of 600, which is too much. Sending KILL"),
                    LIMIT);
            narwhal.awaitLog(LogLines.endedBySignal(worker, 9), LIMIT);
            Await.until("another one", LIMIT, () -> narwhal.readyWorkers().size() == 2);
            assertThat(narwhal.readyWorkers()).doesNotContain(worker);
        }
        assertThat(Http.get(narwhal.port(), "/ping").status()).isEqualTo(200);
    }

    @Test
    void a_worker_that_runs_out_of_heap_leaves_it_and_the_oldest_one_goes(Narwhals narwhals, @TempDir Path directory)
            throws IOException {
        var dumps = directory.resolve("dumps");
        var narwhal = narwhals.start(
                "--workers=1",
                "--java-opts=-Xmx48m",
                "--heap-dump-dir=" + dumps,
                "--heap-dump-budget=70m",
                Wars.sample("crashtest"));
        long first = runOutOfHeap(narwhal);
        assertThat(dumps.resolve("java_pid" + first + ".hprof")).isNotEmptyFile();
        long second = runOutOfHeap(narwhal);
        assertThat(dumps.resolve("java_pid" + second + ".hprof")).isNotEmptyFile();
        narwhal.awaitLog(Pattern.compile("removed the heap dump \\S*java_pid" + first + "\\.hprof"), LIMIT);
        assertThat(dumps).isDirectoryNotContaining("glob:**/java_pid" + first + ".hprof");
    }

    /** Which worker did. */
    private static long runOutOfHeap(RunningNarwhal narwhal) throws IOException {
        long worker = narwhal.awaitWorkers(1, LIMIT).getFirst();
        try (var http = Http.connect(narwhal.port()).request("/oom")) {
            assertThat(http.ended()).isTrue();
        }
        narwhal.awaitLog(LogLines.exitedWithCode(worker, 3), LIMIT);
        return worker;
    }

    private static Load.Plan growing(int port) {
        return Load.Plan.of(port, "/leak?mib=1", 2).pause(Duration.ofMillis(50));
    }
}
