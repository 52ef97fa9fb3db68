package dev.narwhal.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LoadTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void a_good_server_fails_no_request() throws IOException {
        var closing = CannedServer.ok("bye").replace("X-Worker", "Connection: close\r\nX-Worker");
        try (var server = new CannedServer(CannedServer.ok("hello"), closing);
                var load = Load.start(Load.Plan.of(server.port(), "/", 4))) {
            load.awaitAnswers(100, LIMIT);
            var report = load.stop();
            assertThat(report.failures()).isEmpty();
            assertThat(report.workers()).containsExactly(7L);
            assertThat(report.latencies().percentile(0.99)).isPositive();
        }
    }

    @Test
    void a_connection_that_ends_with_a_request_on_it_is_a_failure_of_its_worker() throws IOException {
        try (var server = new CannedServer(CannedServer.ok("once"));
                var load = Load.start(Load.Plan.of(server.port(), "/", 1))) {
            load.awaitAnswers(3, LIMIT);
            var report = load.stop();
            assertThat(report.failures()).isNotEmpty().allSatisfy(failure -> {
                assertThat(failure.kind()).isEqualTo(Load.Kind.UNANSWERED);
                assertThat(failure.worker()).contains(7L);
            });
        }
    }

    @Test
    void a_status_other_than_200_is_a_failure() throws IOException {
        try (var server = new CannedServer("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
                var load = Load.start(Load.Plan.of(server.port(), "/", 1).requestsPerConnection(1))) {
            load.awaitAnswers(2, LIMIT);
            assertThat(load.stop().failures()).extracting(Load.Failure::kind).containsOnly(Load.Kind.STATUS);
        }
    }

    @Test
    void a_refused_connection_is_told_apart() throws IOException {
        // Bound but not listening, so that nobody else can take the port meanwhile.
        try (var reserved = new Socket()) {
            reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var load = Load.start(Load.Plan.of(reserved.getLocalPort(), "/", 1));
            load.keepUp(Duration.ofMillis(100));

            assertThat(load.stop().failures()).extracting(Load.Failure::kind).containsOnly(Load.Kind.REFUSED);
        }
    }
}
