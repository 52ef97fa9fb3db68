package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Distribution;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineTest {

    private static final int USAGE = 2;

    @TempDir
    Path directory;

    @Test
    void version_is_one_line() {
        var finished = Launch.of("--version").finish();

        assertThat(finished.exitCode()).isZero();
        assertThat(finished.out()).matches("(?i)narwhal 0\\.1\\.0-SNAPSHOT.*").doesNotContain("\n");
        assertThat(finished.err()).isEmpty();
    }

    @Test
    void help_names_the_commands_and_the_exit_codes() {
        var finished = Launch.of("--help").finish();

        assertThat(finished.exitCode()).isZero();
        assertThat(finished.out())
                .contains("run", "inspect", "web application could not be deployed", "wrong usage or configuration");
        assertThat(finished.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-b",
                "--bind",
                "-w",
                "--workers",
                "-k",
                "--dispatch",
                "--worker-class",
                "--threads",
                "--max-inflight",
                "--backlog",
                "--boot-timeout",
                "--graceful-timeout",
                "--keep-alive",
                "-p",
                "--pid",
                "-c",
                "--config",
                "--check-config",
                "--print-config",
                "--java-opts",
                "--env",
                "--log-level",
                "--access-logfile",
                "--liveness-timeout"
            })
    void help_of_run_describes(String option) {
        var finished = Launch.of("run", "--help").finish();

        assertThat(finished.exitCode()).isZero();
        assertThat(finished.out()).containsPattern("(?m)(^|[\\s,])" + option + "\\b");
    }

    @Test
    void the_launcher_runs_from_any_directory_and_through_a_symbolic_link() throws IOException {
        var link = Files.createSymbolicLink(directory.resolve("linked"), Distribution.launcher());

        var finished =
                Launch.of("--version").launchedBy(link.toString()).in(directory).finish();

        assertThat(finished.exitCode()).isZero();
        assertThat(finished.out()).containsIgnoringCase("narwhal");
    }

    @Test
    void a_mistyped_option_is_refused_with_the_one_that_was_meant() {
        var finished = Launch.of("run", "--worker=2", Wars.sample("hello")).finish();

        assertThat(finished.exitCode()).isEqualTo(USAGE);
        assertThat(finished.err())
                .contains("--worker")
                .containsIgnoringCase("did you mean")
                .contains("--workers");
        assertNoTrace(finished);
    }

    @Test
    void all_problems_are_shown_at_once_each_with_its_source() throws IOException {
        var file = Files.writeString(directory.resolve("narwhal.toml"), """
                threads = "many"
                wokers = 3
                """);
        var finished = Launch.of("run", "--config=" + file, "--workers=none", "--bind=nowhere:port", "missing.war")
                .with("NARWHAL_KEEP_ALIVE", "forever")
                .finish();

        assertThat(finished.exitCode()).isEqualTo(USAGE);
        assertThat(finished.err())
                .containsPattern(LogLines.problem("--workers"))
                .containsPattern(LogLines.problem("--bind"))
                .containsPattern(LogLines.problem("NARWHAL_KEEP_ALIVE"))
                .contains("narwhal.toml:1", "narwhal.toml:2")
                .containsPattern("(?i)did you mean .?workers")
                .contains("missing.war");
        assertNoTrace(finished);
    }

    @Test
    void check_config_says_nothing_is_wrong_and_starts_nothing() {
        var finished = Launch.run("--check-config", Wars.sample("hello")).finish();

        assertThat(finished.exitCode()).isZero();
        assertThat(finished.output()).doesNotContainPattern(LogLines.LISTENING);
    }

    @Test
    void check_config_fails_as_a_start_would() {
        var finished = Launch.run("--check-config", "--workers=none", Wars.sample("hello"))
                .finish();

        assertThat(finished.exitCode()).isEqualTo(USAGE);
        assertThat(finished.err()).containsPattern(LogLines.problem("--workers"));
    }

    @Test
    void print_config_shows_every_value_with_its_origin() throws IOException {
        Files.writeString(directory.resolve("narwhal.toml"), "backlog = 77\nworkers = 9\nthreads = 5\n");

        var finished = Launch.run("--print-config", "--workers=3", Wars.sample("hello"))
                .with("NARWHAL_THREADS", "6")
                .in(directory)
                .finish();

        assertThat(finished.exitCode()).isZero();
        assertThat(finished.out())
                .containsPattern("(?m)^workers\\s*=\\s*3\\s+# --workers$")
                .containsPattern("(?m)^threads\\s*=\\s*6\\s+# NARWHAL_THREADS$")
                .containsPattern("(?m)^backlog\\s*=\\s*77\\s+# .*narwhal\\.toml:1$")
                .containsPattern("(?m)^dispatch\\s*=\\s*\"?auto\"?\\s+# default$");
    }

    @Test
    void what_print_config_prints_is_a_configuration_file() throws IOException {
        var printed = Launch.run("--print-config", "--workers=3", "--env=KEY=a b", Wars.sample("hello"))
                .finish();
        var file = Files.writeString(directory.resolve("again.toml"), printed.out());

        var finished = Launch.of("run", "--check-config", "--config=" + file).finish();

        assertThat(finished.output()).doesNotContainIgnoringCase("did you mean");
        assertThat(finished.exitCode()).isZero();
    }

    private static void assertNoTrace(Launch.Finished finished) {
        assertThat(finished.output().lines()).noneMatch(LogLines.STACK_FRAME.asPredicate());
    }
}
