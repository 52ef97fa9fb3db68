package dev.narwhal.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a shell script that says what a server says. */
final class RunningNarwhalTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final String WELL_BEHAVED = """
            #!/bin/sh
            trap 'kill $worker; exit 0' TERM
            trap 'echo hung up' HUP
            sh -c 'exec sleep 600 # WorkerMain' WorkerMain &
            worker=$!
            echo "listening on http://127.0.0.1:1 (backlog 2048)"
            echo "worker 1 (pid $worker) ready in 5 ms"
            echo "serving x.war at http://127.0.0.1:1/"
            while :; do wait; done
            """;

    @TempDir
    Path directory;

    @Test
    void a_server_is_ready_when_it_says_its_url_and_ends_with_term() throws IOException {
        try (var narwhal = launch(WELL_BEHAVED)) {
            assertThat(narwhal.awaitReady().port()).isEqualTo(1);
            narwhal.signal("HUP");
            narwhal.awaitLog(Pattern.compile("hung up"), LIMIT);
            assertThat(narwhal.stop()).isZero();
        }
    }

    @Test
    void a_pid_file_that_is_left_fails_the_close() throws IOException {
        var narwhal = launch(WELL_BEHAVED.replace("#!/bin/sh", "#!/bin/sh\ntouch left.pid"));
        narwhal.awaitReady();
        assertThatThrownBy(narwhal::close).hasMessageContaining("left.pid");
    }

    @Test
    void waiting_for_a_line_fails_at_once_when_the_server_has_ended() throws IOException {
        var narwhal = launch("#!/bin/sh\necho bad luck\nexit 4\n");
        assertThatThrownBy(narwhal::awaitReady).hasMessageContaining("ended without it");
        assertThat(narwhal.awaitExit(LIMIT)).isEqualTo(4);
        narwhal.close();
    }

    @Test
    void a_command_gives_its_output_and_exit_code() throws IOException {
        var finished = command("#!/bin/sh\necho out $*\necho err >&2\nexit 2\n").finish();
        assertThat(finished).isEqualTo(new Launch.Finished(2, "out --version", "err"));
    }

    /** With a cache of its own it needs no distribution, which is built later. */
    private RunningNarwhal launch(String script) throws IOException {
        return command(script).with("NARWHAL_CACHE", directory).start();
    }

    /** The script in place of the launcher, by way of the prefix. */
    private Launch command(String script) throws IOException {
        var file = Files.writeString(directory.resolve("narwhal"), script);
        var working = Files.createDirectory(directory.resolve("work"));
        return Launch.of("--version").launchedBy("sh", file.toString()).in(working);
    }
}
