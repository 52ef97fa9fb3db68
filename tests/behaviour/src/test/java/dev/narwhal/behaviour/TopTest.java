package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Http;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code narwhal top}. */
@ExtendWith(NarwhalExtension.class)
final class TopTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** Runs a command in a terminal, and types a key when the text before it was seen: {@code SEEN KEY SEEN KEY}. */
    private static final String TERMINAL = """
            import os, pty, sys
            keys = [('keys: ', '+'), ('one worker more: accepted', 'q')]
            pid, fd = pty.fork()
            if pid == 0:
                os.execvp(sys.argv[1], sys.argv[1:])
            out = ''
            while True:
                try:
                    part = os.read(fd, 65536)
                except OSError:
                    break
                if not part:
                    break
                out += part.decode()
                if keys and keys[0][0] in out:
                    os.write(fd, keys.pop(0)[1].encode())
            print(out)
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            """;

    @TempDir
    Path directory;

    @Test
    void without_a_terminal_it_is_plain_text_once_and_in_one_it_obeys_keys(Narwhals narwhals) throws IOException {
        var socket = directory.resolve("ctl.sock");
        var narwhal = narwhals.start("--workers=1", "--control-socket=" + socket, Wars.sample("crashtest"));
        try (var waiting = Http.connect(narwhal.port())) {
            waiting.request("/sleep?ms=1000000");

            var plain = Launch.of("top", "--socket=" + socket).finish();

            assertThat(plain.exitCode()).isZero();
            assertThat(plain.out())
                    .contains("1 of 1 workers ready", "latency ", "leader", " GET     /sleep")
                    .doesNotContain("\033");
        }
        var inTerminal = Launch.of("top", "--socket=" + socket)
                .prefixedBy("python3", "-c", TERMINAL)
                .finish();

        assertThat(inTerminal.err()).isEmpty();
        assertThat(inTerminal.exitCode()).isZero();
        assertThat(inTerminal.out()).contains("one worker more: accepted").contains("\033[?1049l");
        assertThat(narwhal.awaitWorkers(2, LIMIT)).hasSize(2);
    }
}
