package dev.narwhal.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LoadTest {

    private static final int CONNECTIONS = 4;

    @Test
    void right_answers_are_counted_and_timed() throws IOException {
        var sample = measure(LoadTest::right);
        assertThat(sample.answers()).isPositive();
        assertThat(sample.nanos()).isGreaterThanOrEqualTo(200_000_000);
        assertThat(sample.p50Nanos()).isPositive().isLessThanOrEqualTo(sample.p99Nanos());
        assertThat(sample.p99Nanos()).isLessThanOrEqualTo(sample.maxNanos());
        assertThat(sample.errors()).isZero();
        assertThat(sample.error()).isEmpty();
        assertThat(sample.reopened()).isZero();
    }

    @Test
    void clients_call_the_server_by_the_given_name() throws IOException {
        var names = ConcurrentHashMap.<String>newKeySet();
        measure(exchange -> {
            names.add(exchange.getRequestHeaders().getFirst("Host").replaceFirst(":[0-9]+$", ""));
            right(exchange);
        });
        assertThat(names).containsExactly("shop.example");
    }

    @Test
    void a_wrong_length_is_an_error() throws IOException {
        var sample = measureWithOne(exchange -> answer(exchange, 200, "hell"));
        assertThat(sample.errors()).isOne();
        assertThat(sample.error()).contains("a body of 4 bytes");
    }

    @Test
    void a_wrong_status_is_an_error() throws IOException {
        var sample = measureWithOne(exchange -> answer(exchange, 404, "hello"));
        assertThat(sample.errors()).isOne();
        assertThat(sample.error()).contains("status 404");
    }

    @Test
    void a_connection_that_breaks_is_an_error_and_replaced() throws IOException {
        var sample = measureWithOne(HttpExchange::close);
        assertThat(sample.errors()).isOne();
        assertThat(sample.error()).contains("closed the connection");
        assertThat(sample.reopened()).isZero();
    }

    @Test
    void a_connection_that_is_closed_as_announced_is_replaced() throws IOException {
        var sample = measureWithOne(exchange -> {
            exchange.getResponseHeaders().set("Connection", "close");
            right(exchange);
        });
        assertThat(sample.errors()).isZero();
        assertThat(sample.reopened()).isOne();
    }

    @Test
    void a_server_that_is_not_there_ends_the_run() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThatThrownBy(() -> Load.measure(run(port))).hasMessageContaining("refused");
    }

    /** Against a server whose tenth answer is given by another handler. */
    private static Sample measureWithOne(HttpHandler other) throws IOException {
        var answers = new AtomicInteger();
        return measure(exchange -> {
            if (answers.incrementAndGet() == 10) {
                other.handle(exchange);
            } else {
                right(exchange);
            }
        });
    }

    private static Sample measure(HttpHandler handler) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/ping", handler);
        server.start();
        try {
            return Load.measure(run(server.getAddress().getPort()));
        } finally {
            server.stop(0);
        }
    }

    private static void right(HttpExchange exchange) throws IOException {
        answer(exchange, 200, "hello");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.sendResponseHeaders(status, body.length());
        try (var out = exchange.getResponseBody()) {
            out.write(body.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static Run run(int port) {
        return new Run(
                port,
                "shop.example",
                "/ping",
                "hello".length(),
                CONNECTIONS,
                50,
                200,
                ProcessHandle.current().pid());
    }
}
