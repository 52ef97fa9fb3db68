package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narwhal.behaviour.app.OverdueServlet;
import dev.narwhal.harness.Authority;
import dev.narwhal.harness.Await;
import dev.narwhal.harness.EachDispatch;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Load;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.WarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** Requests that take longer than {@code --request-timeout}. */
@EachDispatch
final class RequestTimeoutTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String STACK = "(\\R.*\\tat .*)+";
    private static final Authority AUTHORITY = Authority.named("CN=Narwhal Test Authority");

    @Parameter
    @SuppressWarnings("NullAway.Init") // by JUnit
    private String dispatch;

    @SuppressWarnings("NullAway.Init") // by start
    private Path directory;

    @SuppressWarnings("NullAway.Init") // by start
    private RunningNarwhal narwhal;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(Narwhals narwhals, @TempDir Path temporary) throws IOException {
        directory = temporary;
        var server = AUTHORITY.issue("CN=localhost");
        narwhal = narwhals.start(
                "--dispatch=" + dispatch,
                "--workers=2",
                "--bind=127.0.0.1:0",
                "--bind=https://127.0.0.1:0",
                "--certfile=" + server.writeCertificate(directory.resolve("server.pem")),
                "--keyfile=" + server.writeKey(directory.resolve("server.key")),
                "--request-timeout=500ms",
                "--request-timeout-for=/overdue/reports/*=1h",
                "--slow-request=200ms",
                "--access-logfile=" + directory.resolve("access.log"),
                war());
    }

    private Path war() {
        return new WarBuilder()
                .descriptor("<distributable/>")
                .classes(OverdueServlet.class)
                .write(directory.resolve("overdue.war"));
    }

    private List<Integer> ports() {
        return narwhal.log().all(LogLines.LISTENING).stream()
                .map(line -> Integer.valueOf(line.group(2)))
                .toList();
    }

    @Test
    void a_thread_that_waits_is_interrupted_and_the_client_told() throws IOException {
        var workers = narwhal.readyWorkers();
        try (var client = Http.connect(ports().getFirst())) {
            var response = client.get("/overdue/sleep");
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.text()).contains("the request took too long");
            assertThat(client.ended()).isTrue();
        }
        assertThat(awaitText(narwhal, "request timeout: GET /overdue/sleep has run for .*" + STACK))
                .contains("and may for 0.5 s. The client gets a 503", "Thread.sleep", "OverdueServlet.doGet")
                .doesNotContain("io.undertow.server");
        assertThat(Http.get(ports().getFirst(), "/overdue/well").text()).isEqualTo("well");
        assertThat(narwhal.readyWorkers()).containsExactlyInAnyOrderElementsOf(workers);
        Await.until(
                "the access log says what the client was told",
                LIMIT,
                () -> accessLog().matches("(?s).*GET /overdue/sleep HTTP/1.1\" 503 .*"));
    }

    private static String awaitText(RunningNarwhal server, String regex) {
        var pattern = Pattern.compile(regex);
        return Await.value(
                        regex,
                        LIMIT,
                        () -> pattern.matcher(server.log().text()).results().findFirst())
                .group();
    }

    private String accessLog() {
        try {
            return Files.readString(directory.resolve("access.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void what_the_application_answers_too_late_is_not_sent() throws IOException {
        try (var client = Http.connect(ports().getFirst())) {
            assertThat(client.get("/overdue/quietly").status()).isEqualTo(503);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void a_response_that_has_begun_is_cut_off() throws IOException {
        try (var client = Http.connect(ports().getFirst())) {
            client.request("/overdue/begun");
            assertThatThrownBy(client::response).isInstanceOf(Http.Truncated.class);
        }
    }

    @Test
    void a_client_with_tls_is_told_too() throws IOException {
        try (var client = Http.connect(ports().get(1), AUTHORITY.client(Optional.empty()))) {
            assertThat(client.get("/overdue/sleep").status()).isEqualTo(503);
        }
    }

    @Test
    void paths_may_have_limits_of_their_own_and_time_without_a_thread_does_not_count() throws IOException {
        assertThat(Http.get(ports().getFirst(), "/overdue/reports/all").text()).isEqualTo("done");
        assertThat(Http.get(ports().getFirst(), "/overdue/async").text()).isEqualTo("done");
        assertThat(Http.get(ports().getFirst(), "/overdue/while").status()).isEqualTo(503);
    }

    @Test
    void a_slow_request_is_logged_with_the_place_where_it_is() throws IOException {
        Http.get(ports().getFirst(), "/overdue/reports/all");
        assertThat(awaitText(narwhal, "slow request: GET /overdue/reports/all has run for .*" + STACK))
                .contains("Thread.sleep", "OverdueServlet.doGet");
    }

    @Test
    void a_thread_that_cannot_be_interrupted_costs_its_worker(Narwhals narwhals) throws IOException {
        for (var way : List.of("loop", "lock", "deaf")) {
            var server = narwhals.start(
                    "--dispatch=" + dispatch, "--workers=2", "--request-timeout=500ms", "--graceful-timeout=1s", war());
            try (var load =
                    Load.start(Load.Plan.of(server.port(), "/overdue/well", 4).requestsPerConnection(1))) {
                assertThat(Http.get(server.port(), "/overdue/" + way).status()).isEqualTo(503);
                var replaced = server.awaitLog(
                        Pattern.compile(
                                "worker \\d \\(pid (\\d+)\\) is to be replaced: it has a thread that goes on with GET /overdue/"
                                        + way),
                        LIMIT);
                long worker = Long.parseLong(replaced.group(1));
                assertThat(awaitText(server, "GET /overdue/" + way + " goes on after .*" + STACK))
                        .contains("OverdueServlet." + stuckIn(way));
                Await.until("the worker is gone", LIMIT, () -> !server.workers().contains(worker));
                assertThat(server.awaitWorkers(2, LIMIT)).doesNotContain(worker);
                assertThat(load.stop().failures()).isEmpty();
            }
            assertThat(server.log().text()).contains("Full thread dump", "GET /overdue/" + way);
            server.stop();
        }
    }

    private static String stuckIn(String way) {
        return way.equals("deaf") ? "sleepOn" : way;
    }
}
