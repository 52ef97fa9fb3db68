package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.narwhal.behaviour.app.IdServlet;
import dev.narwhal.harness.Await;
import dev.narwhal.harness.EachDispatch;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Response;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.WarBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** {@code X-Request-Id}: in, out, and in the access log. */
@EachDispatch
final class RequestIdTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    @Parameter
    @SuppressWarnings("NullAway.Init") // by JUnit
    private String dispatch;

    @SuppressWarnings("NullAway.Init") // by start
    private Path accessLog;

    @SuppressWarnings("NullAway.Init") // by start
    private RunningNarwhal narwhal;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(Narwhals narwhals, @TempDir Path temporary) {
        accessLog = temporary.resolve("access.log");
        narwhal = narwhals.start(
                "--dispatch=" + dispatch,
                "--workers=2",
                "--access-logfile=" + accessLog,
                "--access-logformat=json",
                new WarBuilder()
                        .descriptor("<distributable/>")
                        .classes(IdServlet.class)
                        .write(temporary.resolve("ids.war")));
    }

    @Test
    void a_request_without_an_id_gets_one_that_nobody_else_has() throws IOException {
        var seen = new HashSet<String>();
        for (int i = 0; i < 40; i++) {
            var response = Http.get(narwhal.port(), "/id");
            assertThat(response.header("X-Request-Id")).hasValue(response.text());
            assertThat(seen.add(response.text())).as(response.text()).isTrue();
        }
        assertThat(Http.get(narwhal.port(), "/nothing").header("X-Request-Id")).isPresent();
    }

    @Test
    void an_id_of_the_client_comes_back_and_is_logged() throws IOException {
        var id = dispatch + "/4bf92f3577b34da6:7";
        var response = ask(id);

        assertThat(response.header("X-Request-Id")).hasValue(id);
        // Two requests may have it, and ServletRequest.getRequestId is unique.
        assertThat(response.text()).isNotEqualTo(id).isNotEqualTo(ask(id).text());
        var line = Await.value("the request in the access log", LIMIT, () -> logged(id));
        assertThat(line.get("path").getAsString()).isEqualTo("/id");
        assertThat(line.get("slot").getAsInt()).isBetween(0, 1);
        assertThat(narwhal.readyWorkers()).contains(line.get("worker").getAsLong());
        assertThat(line.get("queueMicros").getAsLong())
                .isBetween(0L, line.get("micros").getAsLong());
    }

    @Test
    void what_could_forge_a_line_is_not_taken_over() throws IOException {
        for (var forged : List.of("a b", "\"", "a;b", "x".repeat(129), "\u00e4", "%0a\\")) {
            var response = ask(forged);
            assertThat(response.header("X-Request-Id")).as(forged).hasValue(response.text());
        }
    }

    private Response ask(String id) throws IOException {
        try (var http = Http.connect(narwhal.port())) {
            return http.send("GET /id HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: " + id + "\r\n\r\n")
                    .response();
        }
    }

    private Optional<JsonObject> logged(String id) {
        try {
            return Files.readAllLines(accessLog).stream()
                    .map(line -> JsonParser.parseString(line).getAsJsonObject())
                    .filter(line -> line.get("requestId").getAsString().equals(id))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
