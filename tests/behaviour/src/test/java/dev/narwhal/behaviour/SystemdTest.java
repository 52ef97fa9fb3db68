package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Heir;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.Log;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** sd_notify(3): Python stands in for systemd, since Java cannot receive datagrams of a Unix socket. */
@ExtendWith(NarwhalExtension.class)
final class SystemdTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String RECEIVER = """
            import socket, sys
            name = sys.argv[1]
            receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            receiver.bind('\\0' + name[1:] if name.startswith('@') else name)
            print('bound', flush=True)
            while True:
                print(receiver.recv(65536).decode(), flush=True)
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"path", "abstract"})
    void systemd_is_told_of_starts_reloads_and_stops_and_that_the_arbiter_lives(String kind, Narwhals narwhals)
            throws IOException {
        var address = kind.equals("path")
                ? directory.resolve("notify").toString()
                : "@narwhal-test-" + ProcessHandle.current().pid();
        var python = new ProcessBuilder("python3", "-c", RECEIVER, address)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            var told = new Log();
            told.follow(python.getInputStream(), "systemd");
            told.await(Pattern.compile("bound"), LIMIT);
            var narwhal = narwhals.startLaunch(Launch.run("--workers=2", Wars.sample("hello"))
                    .with("NOTIFY_SOCKET", address)
                    .with("WATCHDOG_USEC", 1_000_000));

            told.await(Pattern.compile("EXTEND_TIMEOUT_USEC=20000000"), LIMIT);
            told.await(Pattern.compile("READY=1"), LIMIT);
            told.await(Pattern.compile("STATUS=2 of 2 workers ready, generation 1"), LIMIT);
            told.await(Pattern.compile("WATCHDOG=1"), LIMIT);
            for (var worker : narwhal.workers()) {
                assertThat(Files.readString(Path.of("/proc", worker.toString(), "environ")))
                        .doesNotContain("NOTIFY_SOCKET", "WATCHDOG_USEC");
            }

            int reload = told.size();
            narwhal.signal("HUP");
            told.await(Pattern.compile("RELOADING=1"), LIMIT);
            told.await(Pattern.compile("MONOTONIC_USEC=\\d+"), LIMIT);
            told.await(Pattern.compile("STATUS=2 of 2 workers ready, generation 2"), LIMIT);

            told.await(Pattern.compile("READY=1"), LIMIT, reload);
            narwhal.awaitLog(LogLines.RELOADED, LIMIT);
            int from = told.size();
            try (var heir = Heir.of(narwhal)) {
                told.await(Pattern.compile("MAINPID=" + heir.pid()), LIMIT, from);
                told.await(Pattern.compile("READY=1"), LIMIT, from);
                told.await(Pattern.compile("STATUS=2 of 2 workers ready, generation 3"), LIMIT, from);
                told.await(Pattern.compile("WATCHDOG=1"), LIMIT, told.size());
                var lines = told.lines();
                var since = lines.subList(from, lines.size());
                assertThat(since).doesNotContain("STOPPING=1");
                assertThat(since.indexOf("MAINPID=" + heir.pid())).isLessThan(since.indexOf("READY=1"));
            }
            told.await(Pattern.compile("STOPPING=1"), LIMIT);
        } finally {
            python.destroy();
        }
    }

    @Test
    void a_socket_that_is_not_there_stops_nobody(Narwhals narwhals) {
        var narwhal = narwhals.startLaunch(
                Launch.run("--workers=1", Wars.sample("hello")).with("NOTIFY_SOCKET", directory.resolve("nobody")));

        assertThat(narwhal.log().text()).contains("telling systemd 'STATUS=");
        assertThat(narwhal.stop()).isZero();
    }
}
