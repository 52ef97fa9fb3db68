package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Distribution;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineTest {

    private static final int USAGE = 2;
    private static final int SYSTEM = 5;

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

    @Test
    void who_has_no_home_is_told_so_only_where_it_matters() {
        var asked = homeless("ctl", "--socket=" + directory.resolve("none"));
        assertThat(asked.exitCode()).isEqualTo(SYSTEM);
        assertThat(asked.err()).startsWith("narwhal: asking the server at ").doesNotContain("home");

        for (var command : List.of("run", "inspect", "check")) {
            var refused = homeless(command, Wars.sample("hello"));
            assertThat(refused.exitCode()).as(refused.output()).isEqualTo(SYSTEM);
            assertThat(refused.err()).contains("the user has no home. Set NARWHAL_CACHE to a directory");
            assertNoTrace(refused);
        }
    }

    private static Launch.Finished homeless(Object... words) {
        return Launch.of(words)
                .with("NARWHAL_CACHE", "")
                .with("XDG_CACHE_HOME", "")
                .with("NARWHAL_MASTER_OPTS", "-Duser.home=?")
                .finish();
    }

    @Test
    void a_directory_in_place_of_a_file_is_called_one() throws IOException {
        for (var option : List.of("--env-file", "--session-password-file", "--users")) {
            var refused = Launch.run(
                            "--check-config",
                            option + "=" + directory,
                            "--sessions=redis://127.0.0.1:1",
                            Wars.sample("hello"))
                    .finish();
            assertThat(refused.exitCode()).as(refused.output()).isEqualTo(USAGE);
            assertThat(refused.err()).contains(directory.toString(), "Is a directory");
            assertThat(refused.err()).doesNotContain("Exception");
            assertNoTrace(refused);
        }
        var asked = Launch.of("ctl", "--socket=" + directory).finish();
        assertThat(asked.err())
                .isEqualTo("narwhal: asking the server at " + directory
                        + ": it is a directory. Does it run? Its log says which control socket it has.");

        var file = Files.createFile(directory.resolve("narwhal"));
        var sought = Launch.of("ctl").with("XDG_RUNTIME_DIR", directory).finish();
        assertThat(sought.exitCode()).isEqualTo(SYSTEM);
        assertThat(sought.err())
                .startsWith("narwhal: looking for control sockets in " + file + ": Not a directory. Name one");
    }

    @Test
    void a_server_that_is_none_of_narwhals_is_called_so() throws IOException {
        var socket = directory.resolve("other.sock");
        try (var other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofVirtual().start(() -> answer(other, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>hello"));
            var asked = Launch.of("ctl", "--socket=" + socket).finish();

            assertThat(asked.exitCode()).as(asked.output()).isEqualTo(SYSTEM);
            assertThat(asked.err())
                    .isEqualTo("narwhal: asking the server at " + socket
                            + ": it is none of Narwhal's, it answers '<p>hello'. Name another --socket.");
        }
    }

    private static void answer(ServerSocketChannel server, String text) {
        try (var client = server.accept()) {
            client.read(ByteBuffer.allocate(1 << 10));
            client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertNoTrace(Launch.Finished finished) {
        assertThat(finished.output().lines()).noneMatch(LogLines.STACK_FRAME.asPredicate());
    }
}
