package dev.narwhal.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class HttpTest {

    @Test
    void two_requests_use_one_connection() throws IOException {
        try (var server = new CannedServer(CannedServer.ok("one"), CannedServer.ok("two"));
                var http = Http.connect(server.port())) {
            assertThat(http.get("/").text()).isEqualTo("one");
            assertThat(http.get("/").text()).isEqualTo("two");
        }
    }

    @Test
    void chunks_are_put_together() throws IOException {
        var chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";
        try (var server = new CannedServer(chunked, CannedServer.ok("next"));
                var http = Http.connect(server.port())) {
            assertThat(http.get("/").text()).isEqualTo("abcde");
            assertThat(http.get("/").text()).isEqualTo("next");
        }
    }

    @Test
    void interim_responses_are_passed_over() throws IOException {
        try (var server = new CannedServer("HTTP/1.1 100 Continue\r\n\r\n" + CannedServer.ok("done"))) {
            assertThat(Http.get(server.port(), "/").text()).isEqualTo("done");
        }
    }

    @Test
    void an_end_before_the_response_is_told_from_one_within_it() throws IOException {
        try (var silent = new CannedServer();
                var cut = new CannedServer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")) {
            assertThatThrownBy(() -> Http.get(silent.port(), "/")).isInstanceOf(Http.Unanswered.class);
            try (var http = Http.connect(cut.port())) {
                // The second request lets the server end the connection.
                assertThatThrownBy(() -> http.request("/").get("/"))
                        .isInstanceOf(Http.Truncated.class)
                        .hasMessageContaining("3 of 10 bytes");
            }
        }
    }

    @Test
    void a_port_without_listener_refuses() throws IOException {
        // Bound but not listening, so that nobody else can take the port meanwhile.
        try (var reserved = new Socket()) {
            reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = reserved.getLocalPort();

            assertThatThrownBy(() -> Http.get(port, "/")).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void the_accept_queue_of_a_port_is_found_while_it_listens() throws IOException {
        int port;
        try (var server = new CannedServer()) {
            port = server.port();
            assertThat(AcceptQueue.length(port)).hasValue(0);
        }
        Await.until(
                "the end of the listener",
                Duration.ofSeconds(10),
                () -> AcceptQueue.length(port).isEmpty());
    }
}
