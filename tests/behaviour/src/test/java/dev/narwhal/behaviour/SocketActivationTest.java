package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.narwhal.harness.Authority;
import dev.narwhal.harness.Heir;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sockets that somebody else has opened: Python stands in for systemd and other supervisors. */
@ExtendWith(NarwhalExtension.class)
final class SocketActivationTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int SYSTEM = 5;
    private static final Path ACTIVATE = Path.of("/usr/bin/systemd-socket-activate");
    private static final String SUPERVISOR = """
            import os, socket, sys
            kinds, names, command = sys.argv[1].split(','), sys.argv[2], sys.argv[3:]
            def make(kind):
                if kind == 'pipe':
                    return os.dup(os.pipe()[0])
                if kind == 'file':
                    return os.open('/dev/null', os.O_RDONLY)
                family = socket.AF_UNIX if kind == 'unix' else socket.AF_INET
                made = socket.socket(family, socket.SOCK_DGRAM if kind == 'udp' else socket.SOCK_STREAM)
                made.bind('\\0narwhal-test-%d' % os.getpid() if kind == 'unix' else ('127.0.0.1', 0))
                if kind in ('tcp', 'unix'):
                    made.listen(7)
                return made.detach()
            made = [os.dup2(make(kind), 100 + i) for i, kind in enumerate(kinds)]
            for i, fd in enumerate(made):
                os.dup2(fd, 3 + i)
                os.close(fd)
            if names:
                os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS=str(len(kinds)), LISTEN_FDNAMES=names)
            os.execv(command[0], command)
            """;

    @TempDir
    Path directory;

    @Test
    void what_systemd_passes_is_served_also_after_a_reload_and_an_upgrade(Narwhals narwhals) throws IOException {
        var authority = Authority.named("CN=Narwhal Test Authority");
        var server = authority.issue("CN=localhost");
        var narwhal = narwhals.startLaunch(supervised(
                "tcp,tcp",
                "web:https-web",
                "run",
                "--workers=1",
                "--certfile=" + server.writeCertificate(directory.resolve("server.pem")),
                "--keyfile=" + server.writeKey(directory.resolve("server.key")),
                Wars.sample("hello")));
        assertThat(narwhal.log().text()).contains("(passed as fd://3)", "(passed as https+fd://4)");
        serves(narwhal, authority);
        assertSecret(narwhal.workers());

        narwhal.signal("HUP");
        narwhal.awaitLog(LogLines.RELOADED, LIMIT);
        serves(narwhal, authority);

        try (var heir = Heir.of(narwhal)) {
            serves(narwhal, authority);
            assertSecret(heir.workers());
        }
    }

    private static void assertSecret(List<Long> workers) throws IOException {
        assertThat(workers).isNotEmpty();
        for (var worker : workers) {
            assertThat(Files.readString(Path.of("/proc", worker.toString(), "environ")))
                    .doesNotContain("LISTEN_", "NARWHAL_SUCCEEDS");
        }
    }

    private static void serves(RunningNarwhal narwhal, Authority authority) throws IOException {
        var ports = narwhal.log().all(LogLines.LISTENING).stream()
                .map(line -> Integer.parseInt(line.group(2)))
                .toList();
        assertThat(Http.get(ports.getFirst(), "/").status()).isEqualTo(200);
        try (var https = Http.connect(ports.get(1), authority.client(Optional.empty()))) {
            assertThat(https.get("/").status()).isEqualTo(200);
        }
    }

    /** The one that systemd brings for tries: it waits for the first connection, and then becomes the server. */
    @Test
    void a_connection_that_waits_since_before_the_start_is_answered(Narwhals narwhals) throws IOException {
        assumeThat(ACTIVATE).as("Debian's package systemd").isExecutable();
        int port;
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        var environment =
                Stream.of("JAVA_HOME", "NARWHAL_CACHE", "XDG_RUNTIME_DIR").map(name -> "--setenv=" + name);
        var command = Stream.of(
                        Stream.of(ACTIVATE.toString(), "--listen=127.0.0.1:" + port, "--fdname=web"),
                        environment,
                        Stream.of("--"))
                .flatMap(words -> words)
                .toArray(String[]::new);
        var narwhal = narwhals.begin(
                Launch.of("run", "--workers=1", Wars.sample("hello")).prefixedBy(command));
        narwhal.awaitLog(Pattern.compile("Listening on"), LIMIT);

        assertThat(Http.get(port, "/").status()).isEqualTo(200);
        assertThat(narwhal.log().text()).contains("(passed as fd://3)");
        narwhal.awaitReady();
    }

    @Test
    void a_bind_can_name_a_descriptor_and_what_else_was_passed_is_left_alone(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.startLaunch(
                supervised("pipe,tcp", "web:web", "run", "--workers=1", "--bind=fd://4", Wars.sample("hello")));

        assertThat(Http.get(narwhal.port(), "/").status()).isEqualTo(200);
        assertThat(narwhal.log().text())
                .contains("systemd has passed fd://3, but no --bind names it")
                .doesNotContain("systemd has passed fd://4");
    }

    @ParameterizedTest
    @CsvSource({
        "pipe, a pipe",
        "file, the file /dev/null",
        "unix, a Unix socket",
        "udp, a UDP socket",
        "idle, a TCP socket that does not listen",
    })
    void anything_but_a_listening_tcp_socket_is_refused_by_its_kind(String kind, String named) {
        var refused = supervised(kind, "", "run", "--bind=fd://3", Wars.sample("hello"))
                .finish();

        assertThat(refused.exitCode()).as(refused.output()).isEqualTo(SYSTEM);
        assertThat(refused.err())
                .contains("taking over fd://3: file descriptor 3 is " + named
                        + ". Give the number of a TCP socket that listens");
    }

    /** A command that finds such descriptors from 3 on; with names as systemd passes them. */
    private static Launch supervised(String kinds, String names, Object... arguments) {
        return Launch.of(arguments).prefixedBy("python3", "-c", SUPERVISOR, kinds, names);
    }
}
