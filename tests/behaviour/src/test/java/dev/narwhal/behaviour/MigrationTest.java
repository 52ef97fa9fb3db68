package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Http;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.WarBuilder;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Applications that are written for {@code javax.servlet}. What they can do is in {@link SamplesTest}. */
@ExtendWith(NarwhalExtension.class)
final class MigrationTest {

    private static final Path LEGACY = Wars.sample("legacy-javax");

    @TempDir
    Path directory;

    @Test
    void a_javax_application_is_migrated_once_and_the_log_says_so(Narwhals narwhals) throws IOException {
        var exploded = WarBuilder.copyOf(LEGACY).explode(directory.resolve("old"));
        var launch = Launch.run("--workers=2", LEGACY + "=/war", exploded + "=/old", Wars.sample("hello") + "=/hello")
                .with("NARWHAL_CACHE", directory.resolve("cache"));

        try (var first = narwhals.begin(launch)) {
            first.awaitReady();
            first.awaitLog(prepared("legacy-javax.war, old migrated from javax.servlet"));
            assertThat(Http.get(first.port(), "/war/context").status()).isEqualTo(200);
            assertThat(Http.get(first.port(), "/old/context").status()).isEqualTo(200);
            assertThat(Http.get(first.port(), "/hello/hello").status()).isEqualTo(200);
        }
        try (var second = narwhals.begin(launch)) {
            second.awaitReady();
            second.awaitLog(prepared("unchanged, from the cache"));
        }

        Files.writeString(exploded.resolve("index.html"), "new content");
        var third = narwhals.begin(launch).awaitReady();

        third.awaitLog(prepared("old migrated from javax.servlet"));
        assertThat(Http.get(third.port(), "/old/index.html").text()).isEqualTo("new content");
        assertThat(exploded.resolve("WEB-INF/lib")).as("the directory itself").doesNotExist();
    }

    private static Pattern prepared(String circumstances) {
        return Pattern.compile(
                "prepared legacy-javax\\.war, old, hello\\.war in [0-9]+ ms \\(" + circumstances + "\\)");
    }

    @Test
    void it_is_refused_where_migration_is_switched_off() {
        var finished = Launch.run("--no-migrate", LEGACY)
                .with("NARWHAL_CACHE", directory.resolve("cache"))
                .finish();

        assertThat(finished.exitCode()).isEqualTo(4);
        assertThat(finished.err())
                .contains("is written for javax.servlet.http.HttpServlet (Java EE)", "Without --no-migrate");
        assertThat(finished.output().lines()).noneMatch(LogLines.STACK_FRAME.asPredicate());
    }
}
