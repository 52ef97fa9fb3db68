package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.EachDispatch;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RunningNarwhal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** Sessions that hold what cannot be serialized, in the memory of two workers. */
@EachDispatch
final class StickyTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern GONE =
            Pattern.compile("sessions that worker \\d+ had in its memory are gone with it sessions=(\\d+)");

    @Parameter
    @SuppressWarnings("NullAway.Init") // by JUnit
    private String dispatch;

    @SuppressWarnings("NullAway.Init") // by start
    private RunningNarwhal narwhal;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(Narwhals narwhals, @TempDir Path directory) {
        narwhal = narwhals.start(
                "--dispatch=" + dispatch,
                "--workers=2",
                "--sessions=memory",
                "--sticky",
                SessionsTest.war(directory) + "=/one");
    }

    /** One for each worker that has sessions, until both have. */
    private List<User> ownersOfBoth() {
        var users = new ArrayList<User>();
        var owners = new HashSet<Long>();
        Await.until("sessions of both workers", LIMIT, () -> {
            var user = new User(narwhal);
            user.lab("set=a:" + users.size() + "&handle");
            if (owners.add(user.worker())) {
                users.add(user);
            }
            return owners.size() == 2;
        });
        return users;
    }

    @Test
    void every_request_of_a_session_is_answered_by_its_owner_whoever_takes_it() {
        for (var user : ownersOfBoth()) {
            long owner = user.worker();
            var identity = user.lab("identity=handle");
            var requests = new ArrayList<CompletableFuture<Void>>();
            for (int i = 0; i < 30; i++) {
                var same = new User(narwhal);
                same.cookie(user.cookie());
                requests.add(CompletableFuture.runAsync(
                        () -> {
                            assertThat(same.lab("identity=handle&sleep=5")).isEqualTo(identity);
                            assertThat(same.worker()).isEqualTo(owner);
                        },
                        Thread::startVirtualThread));
            }
            requests.forEach(CompletableFuture::join);
        }
    }

    @Test
    void a_request_that_is_handed_over_looks_as_it_came() throws IOException {
        for (var user : ownersOfBoth()) {
            for (int i = 0; i < 10; i++) {
                try (var http = Http.connect(narwhal.port())) {
                    var answer = http.send(String.join(
                                    "\r\n",
                                    "POST /one/lab HTTP/1.1",
                                    "Host: shop.example",
                                    "X-Forwarded-Proto: https",
                                    "X-Forwarded-For: 192.0.2.7, 192.0.2.8",
                                    "X-Narwhal-Handed-Over: me",
                                    "Cookie: " + user.cookie(),
                                    "Transfer-Encoding: chunked",
                                    "",
                                    "186a0",
                                    "x".repeat(100_000),
                                    "0",
                                    "",
                                    ""))
                            .response();
                    assertThat(answer.worker()).contains(user.worker());
                    assertThat(answer.text().strip().replace(", x-narwhal-handed-over=me", ""))
                            .matches("127\\.0\\.0\\.1 \\d+ https shop\\.example 443 \\[x-forwarded-for=192\\.0\\.2\\.7,"
                                    + " 192\\.0\\.2\\.8, x-forwarded-proto=https\\] 100000");
                }
            }
        }
    }

    @Test
    void nobody_else_hands_over() throws IOException {
        var own = narwhal.workers().stream()
                .flatMap(worker -> listening(worker).stream())
                .filter(port -> port != narwhal.port())
                .collect(Collectors.toSet());
        assertThat(own).hasSize(2);
        for (int port : own) {
            try (var http = Http.connect(port)) {
                var answer = http.send("GET /one/lab HTTP/1.1\r\nHost: localhost\r\nX-Narwhal-Handed-Over: "
                                + "0".repeat(64) + ";192.0.2.7;1;127.0.0.1;2;https;00000\r\n\r\n")
                        .response();
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.worker()).isEmpty();
            }
        }
    }

    /** The ports that a process listens at. */
    private static List<Integer> listening(long pid) {
        var proc = Path.of("/proc", Long.toString(pid));
        try (var fds = Files.list(proc.resolve("fd"))) {
            var sockets = fds.map(StickyTest::target).collect(Collectors.toSet());
            return Stream.of("net/tcp", "net/tcp6")
                    .flatMap(table -> lines(proc.resolve(table)))
                    .map(line -> line.strip().split("\\s+", -1))
                    .filter(line ->
                            line.length > 9 && line[3].equals("0A") && sockets.contains("socket:[" + line[9] + "]"))
                    .map(line -> Integer.parseInt(line[1].substring(line[1].indexOf(':') + 1), 16))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    @Test
    void the_sessions_of_a_killed_owner_are_gone_and_counted_and_the_others_stay() {
        var users = ownersOfBoth();
        var victim = users.getFirst();
        var other = users.getLast();
        narwhal.kill9(victim.worker());
        var gone = narwhal.awaitLog(GONE, LIMIT);
        assertThat(Integer.parseInt(gone.group(1))).isPositive();
        assertThat(other.lab("get=a")).isNotEqualTo("null");
        var before = victim.cookie();
        assertThat(victim.lab("get=a")).isEqualTo("null");
        assertThat(victim.cookie()).isNotEqualTo(before);

        Await.until("two workers", LIMIT, () -> narwhal.readyWorkers().size() == 2);
        victim.lab("handle");
        var identity = victim.lab("identity=handle");
        for (int i = 0; i < 10; i++) {
            assertThat(victim.lab("identity=handle")).isEqualTo(identity);
            assertThat(other.lab("get=handle")).contains("Handle@");
        }
    }
}
