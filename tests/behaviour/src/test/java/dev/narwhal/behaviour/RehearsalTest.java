package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Processes;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The AOT cache of the server's classes. */
@ExtendWith(NarwhalExtension.class)
final class RehearsalTest {

    private static final Pattern MADE = Pattern.compile("made the AOT cache");

    @TempDir
    Path directory;

    @Test
    void workers_that_are_spawned_after_the_rehearsal_use_what_it_left(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.startLaunch(Launch.run("--workers=1", "--log-level=debug", Wars.sample("hello"))
                .with("NARWHAL_CACHE", directory));
        narwhal.awaitLog(MADE, Duration.ofSeconds(60));
        var before = narwhal.workers();

        narwhal.kill9(before.getFirst());
        var after = Await.value(
                "another worker",
                Duration.ofSeconds(60),
                () -> narwhal.readyWorkers().stream()
                        .filter(pid -> !before.contains(pid))
                        .findFirst());

        assertThat(Processes.commandLine(after)).contains("-XX:AOTCache=" + directory.resolve("aot"));
        assertThat(Http.get(narwhal.port(), "/").status()).isEqualTo(200);
        assertThat(narwhal.log().text()).doesNotContain("AOTConfiguration", "[aot]");
        try (var left = Files.list(directory.resolve("aot"))) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.endsWith(".aot") || name.endsWith(".lock"));
        }
    }
}
