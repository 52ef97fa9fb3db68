package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A worker that leaks is replaced before it runs out of heap. */
@ExtendWith(NarwhalExtension.class)
final class HeapWearTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Pattern FULL =
            Pattern.compile("is to be replaced: it keeps \\d+ of \\d+ MiB of old objects through 3 collections");
    private static final Pattern DRAINS = Pattern.compile("draining worker \\d \\(pid (\\d+)\\): it keeps ");

    @Test
    void a_worker_whose_heap_stays_full_is_replaced(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start(
                "--workers=2", "--max-heap-after-gc=35", "--java-opts=-Xmx160m", Wars.sample("crashtest"));
        for (int i = 0; i < 4; i++) {
            leak(narwhal, 20);
        }
        Await.until("collections have left a heap full", LIMIT, () -> {
            leak(narwhal, 1);
            narwhal.readyWorkers().forEach(HeapWearTest::collect);
            return !narwhal.log().all(FULL).isEmpty();
        });
        long drained = Long.parseLong(narwhal.awaitLog(DRAINS, LIMIT).group(1));
        Await.until("two others serve", LIMIT, () -> narwhal.readyWorkers().size() == 2);
        assertThat(narwhal.readyWorkers()).doesNotContain(drained);
        assertThat(Http.get(narwhal.port(), "/ping").text()).contains("pong");
        assertThat(narwhal.log().text()).doesNotContain("out of memory");
    }

    private static void leak(RunningNarwhal narwhal, int mebibytes) {
        try {
            assertThat(Http.get(narwhal.port(), "/leak?mib=" + mebibytes).status())
                    .isEqualTo(200);
        } catch (IOException e) {
            throw new UncheckedIOException("leaking", e);
        }
    }

    /** A worker that has just ended has nothing to collect. */
    private static void collect(long pid) {
        try {
            var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
            new ProcessBuilder(jcmd, Long.toString(pid), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("asking worker " + pid + " to collect", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
