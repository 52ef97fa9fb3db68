package dev.narwhal.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessagesTest {

    static Stream<WorkerMessage> worker_messages() {
        return Stream.of(
                new WorkerMessage.Ready(),
                new WorkerMessage.Draining(3, 17),
                new WorkerMessage.Worn("has served 500 requests"),
                new WorkerMessage.Excess("has 3 MiB in memory, of 2"),
                new WorkerMessage.Stuck("has a thread that goes on with GET /a=b"),
                new WorkerMessage.Failed(ExitCode.DEPLOY, "two words, 100 % = \"odd\"\nand a line", ""));
    }

    @ParameterizedTest
    @MethodSource("worker_messages")
    void a_worker_message_is_one_line_that_reads_back_the_same(WorkerMessage message) {
        assertThat(message.format()).doesNotContain("\n");
        assertThat(WorkerMessage.parse(message.format())).isEqualTo(message);
    }

    static Stream<PrepareMessage> prepare_messages() {
        return Stream.of(
                new PrepareMessage.Progress("unpacking shop.war (3 of 7)"),
                new PrepareMessage.Warning("ä ö ü"),
                new PrepareMessage.Failed(ExitCode.DEPLOY, "no", "at a.b(C.java:1)\n at d"),
                new PrepareMessage.Prepared(
                        new PreparedWar("/a b", Path.of("/tmp/x y"), "a b.war", true, false, true, true)));
    }

    @ParameterizedTest
    @MethodSource("prepare_messages")
    void a_prepare_message_is_one_line_that_reads_back_the_same(PrepareMessage message) {
        assertThat(message.format()).doesNotContain("\n");
        assertThat(PrepareMessage.parse(message.format())).isEqualTo(message);
    }

    @Test
    void a_line_of_another_kind_is_refused_with_its_text() {
        assertThatThrownBy(() -> WorkerMessage.parse("hello world=1")).hasMessageContaining("hello world=1");
        assertThatThrownBy(() -> PrepareMessage.parse("warning")).hasMessageContaining("'text'");
    }

    @Test
    void a_worker_spec_survives_the_command_line() {
        var spec = new WorkerSpec(
                2,
                64,
                7,
                List.of(
                        new WorkerSpec.Listener(3, "127.0.0.1:8000", false),
                        new WorkerSpec.Listener(4, "[::1]:8000", true)),
                5,
                6,
                Dispatch.VIRTUAL,
                16,
                10_000,
                Duration.ofSeconds(60),
                Duration.ofSeconds(75),
                Duration.ofMillis(1500),
                new WorkerSpec.Wear(500, 50, Duration.ofHours(6), 1L << 33, 1L << 34, 90),
                new WorkerSpec.Limits(
                        1L << 33,
                        7,
                        new WorkerSpec.RequestTimes(
                                Duration.ofSeconds(30),
                                Map.of("/a/*", Duration.ZERO),
                                3,
                                Duration.ofMillis(2500),
                                Duration.ofSeconds(31)),
                        new WorkerSpec.Queue(Duration.ofSeconds(5), 100)),
                Optional.of(new WorkerSpec.AccessLog("/var/log/a=b.log", WorkerSpec.AccessLog.Format.JSON)),
                new WorkerSpec.Security(
                        Optional.of(Path.of("/etc/a=b")),
                        Optional.of(new WorkerSpec.UserDatabase(
                                "jdbc/users", "select a from b where c = ?", "d", Duration.ofSeconds(9))),
                        Optional.of(8443),
                        List.of(Network.parse("10.0.0.0/8"), Network.parse("::1")),
                        Optional.of(new WorkerSpec.Tls(
                                Path.of("/etc/a=b.pem"),
                                Path.of("/etc/key.pem"),
                                Optional.of(Path.of("/run/secret")),
                                Optional.of(Path.of("/etc/ca.pem")),
                                WorkerSpec.ClientCertificates.OPTIONAL))),
                "info",
                new WorkerSpec.Sessions(
                        "lmdb",
                        Optional.of(Path.of("/dev/shm/a=b")),
                        1L << 40,
                        true,
                        Optional.of(RedisUrl.parse("rediss://u%40v@h:1/2?timeout=3s&ca=/c a.pem")),
                        OptionalInt.of(9)),
                new WorkerSpec.SessionRules(
                        7,
                        1L << 30,
                        List.of("com.example.**;!*", "a=b"),
                        Map.of("same-site", "Lax", "path", "/a=b"),
                        true),
                List.of(new WorkerSpec.App("", Path.of("/p/a")), new WorkerSpec.App("/shop", Path.of("/p/b=c"))),
                List.of(Path.of("/lib/a=b.jar"), Path.of("/lib/classes")),
                OptionalInt.of(7),
                List.of("/shop/", "/shop/search?q=a b&n=1"),
                Optional.of(Path.of("/proc/7/fd/8")));

        assertThat(WorkerSpec.ofArguments(spec.toArguments())).isEqualTo(spec);
    }

    @Test
    void a_prepare_spec_survives_the_command_line() {
        var spec = new PrepareSpec(
                List.of(new PrepareSpec.War(Path.of("/w/a=b.war"), "/a")),
                Path.of("/cache"),
                false,
                3,
                "debug",
                List.of(Path.of("/lib/a.jar")),
                List.of("jdbc/orders"));

        assertThat(PrepareSpec.ofArguments(spec.toArguments())).isEqualTo(spec);
    }

    @Test
    void resources_survive_their_way_to_a_worker_and_show_no_secret() {
        var orders = new ResourceSpec(
                "jdbc/orders",
                "narwhal.toml:3",
                ResourceSpec.DATA_SOURCE,
                Map.of("url", "jdbc:h2:mem:a;B=C d", "password", "sesam 100%\n"),
                Map.of("odd key", "=x y"));
        var other = new ResourceSpec("bean", "narwhal.toml:9", "a.B", Map.of(), Map.of());

        assertThat(ResourceSpec.parse(ResourceSpec.format(List.of(orders, other))))
                .containsExactly(orders, other);
        assertThat(ResourceSpec.parse("")).isEmpty();
        assertThat(orders.toString()).doesNotContain("sesam");
    }

    @Test
    void the_permits_follow_the_dispatch() {
        var spec = WorkerSpec.ofArguments(List.of(
                "slot=0",
                "slots=1",
                "generation=1",
                "report=3",
                "scoreboard=4",
                "dispatch=sync",
                "threads=8",
                "max-inflight=100",
                "boot-timeout=PT1S",
                "keep-alive=PT1S",
                "graceful-timeout=PT1S",
                "log-level=info",
                "sessions=memory",
                "session-bytes=0",
                "session-alone=true"));

        assertThat(spec.permits()).isEqualTo(1);
    }
}
