package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.narwhal.harness.Await;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NarwhalExtension.class)
final class AccessLogTest {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final String TIME = "\\[\\d{2}/[A-Z][a-z]{2}/\\d{4}:\\d{2}:\\d{2}:\\d{2} [+-]\\d{4}\\]";

    @TempDir
    Path directory;

    @Test
    void common_is_the_format_of_apache_httpd(Narwhals narwhals) throws IOException {
        var narwhal = start(narwhals, "common");
        Http.get(narwhal.port(), "/hello?name=Ada");

        assertThat(awaitLines(1).getFirst())
                .matches("127\\.0\\.0\\.1 - - " + TIME + " \"GET /hello\\?name=Ada HTTP/1\\.1\" 200 \\d+");
    }

    @Test
    void combined_adds_referer_and_user_agent(Narwhals narwhals) throws IOException {
        var narwhal = start(narwhals, "combined");
        ask(narwhal, "Referer: http://example.com/\r\nUser-Agent: tests/1\r\n");

        assertThat(awaitLines(1).getFirst())
                .matches("127\\.0\\.0\\.1 - - " + TIME
                        + " \"GET /hello HTTP/1\\.1\" 200 \\d+ \"http://example\\.com/\" \"tests/1\"");
    }

    @Test
    void json_has_one_object_a_line_whatever_a_client_sends(Narwhals narwhals) throws IOException {
        var narwhal = start(narwhals, "json");
        ask(narwhal, "User-Agent: a \"quoted\" \\ one\r\n");
        Http.get(narwhal.port(), "/nowhere");

        assertThat(awaitLines(2)).allMatch(AccessLogTest::isObject);
        // In the order in which they ended, and the server has a little left to do when the client has its answer.
        assertThat(awaitLines(2))
                .anySatisfy(line -> assertThat(line).contains("GET", "/hello", "200", "quoted"))
                .anySatisfy(line -> assertThat(line).contains("/nowhere", "404"));
    }

    @Test
    void a_client_cannot_forge_a_line(Narwhals narwhals) throws IOException {
        var narwhal = start(narwhals, "combined");
        ask(narwhal, "User-Agent: x\" 200 1 \"forged\r\n");
        Http.get(narwhal.port(), "/hello?%0d%0a127.0.0.1");

        assertThat(awaitLines(2)).hasSize(2);
        assertThat(awaitLines(2)).noneMatch(line -> line.contains("x\" 200"));
    }

    @Test
    void a_dash_is_standard_output(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start("--access-logfile=-", Wars.sample("hello"));
        Http.get(narwhal.port(), "/hello");

        narwhal.awaitLog(Pattern.compile("\"GET /hello HTTP/1\\.1\" 200"), LIMIT);
    }

    @Test
    void all_workers_write_whole_lines_to_one_file(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start(
                "--workers=3", "--access-logfile=" + file(), "--access-logformat=json", Wars.sample("crashtest"));
        for (int i = 0; i < 300; i++) {
            Http.get(narwhal.port(), "/ping?number=" + i);
        }

        assertThat(awaitLines(300)).hasSize(300).allMatch(AccessLogTest::isObject);
    }

    @Test
    void usr1_reopens_a_file_that_was_renamed_and_loses_no_line(Narwhals narwhals) throws IOException {
        var narwhal = start(narwhals, "common");
        Http.get(narwhal.port(), "/hello?before");
        awaitLines(1);
        var rotated = Files.move(file(), directory.resolve("access.log.1"));
        Http.get(narwhal.port(), "/hello?between");

        narwhal.signal("USR1");
        narwhal.awaitLog(LogLines.REOPENING, LIMIT);
        Await.until("the new file", LIMIT, () -> Files.exists(file()));
        Http.get(narwhal.port(), "/hello?after");

        assertThat(awaitLines(1).getFirst()).contains("/hello?after");
        assertThat(Files.readAllLines(rotated))
                .satisfiesExactly(
                        line -> assertThat(line).contains("before"),
                        line -> assertThat(line).contains("between"));
    }

    @Test
    void there_is_no_access_log_unless_asked_for(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start(Wars.sample("hello"));
        Http.get(narwhal.port(), "/hello");
        narwhal.stop();

        assertThat(narwhal.log().text()).doesNotContain("GET /hello");
    }

    private RunningNarwhal start(Narwhals narwhals, String format) {
        return narwhals.start("--access-logfile=" + file(), "--access-logformat=" + format, Wars.sample("hello"));
    }

    private static void ask(RunningNarwhal narwhal, String headers) throws IOException {
        try (var http = Http.connect(narwhal.port())) {
            http.send("GET /hello HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
                    .response();
        }
    }

    private static boolean isObject(String line) {
        return JsonParser.parseString(line).isJsonObject();
    }

    private Path file() {
        return directory.resolve("access.log");
    }

    private List<String> awaitLines(int count) {
        Await.until(count + " lines in the access log", LIMIT, () -> lines().size() >= count);
        return lines();
    }

    private List<String> lines() {
        try {
            return Files.exists(file()) ? Files.readAllLines(file()) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("reading the access log", e);
        }
    }
}
