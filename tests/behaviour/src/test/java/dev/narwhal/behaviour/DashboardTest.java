package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.narwhal.harness.Await;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.Wars;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page that shows the server at work, and the events that it lives on. */
@ExtendWith(NarwhalExtension.class)
final class DashboardTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Pattern OPS = Pattern.compile("health and metrics at http://127\\.0\\.0\\.1:(\\d+)/metrics");

    @TempDir
    Path directory;

    @Test
    void events_tell_of_the_server_as_it_is_again_and_again(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start("--ops=127.0.0.1:0", "--workers=2", Wars.sample("crashtest"));
        var connection = URI.create(url(narwhal) + "events").toURL().openConnection();
        connection.setReadTimeout((int) LIMIT.toMillis());
        try (var events =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(connection.getContentType()).isEqualTo("text/event-stream");
            var first = next(events);
            assertThat(first.getAsJsonObject("status").get("ready").getAsInt()).isEqualTo(2);
            try (var waiting = Http.connect(narwhal.port())) {
                waiting.request("/sleep?ms=100000");
                JsonObject now;
                do {
                    now = next(events);
                } while (now.getAsJsonArray("requests").isEmpty());
                var request = now.getAsJsonArray("requests").get(0).getAsJsonObject();
                assertThat(request.get("path").getAsString()).isEqualTo("/sleep");
                assertThat(now.get("atMillis").getAsLong())
                        .isGreaterThan(first.get("atMillis").getAsLong());
            }
        }
    }

    @Test
    void the_page_asks_nobody_else_for_anything(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start("--ops=127.0.0.1:0", "--workers=1", Wars.sample("hello"));
        var page = Http.get(URI.create(url(narwhal)).getPort(), "/");

        assertThat(page.header("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(page.text()).contains("default-src 'none'").doesNotContain("https://", "src=\"", "@import");
    }

    @Test
    void in_a_browser_the_charts_move_and_keys_work(Narwhals narwhals) throws IOException {
        var program = Chromium.program();
        assumeThat(program).as("a Chromium on this machine").isPresent();
        var narwhal = narwhals.start("--ops=127.0.0.1:0", "--workers=2", Wars.sample("crashtest"));
        try (var browser = new Chromium(program.orElseThrow(), directory);
                var waiting = Http.connect(narwhal.port())) {
            browser.open(url(narwhal));
            waiting.request("/sleep?ms=100000");
            Await.until(
                    "both workers",
                    LIMIT,
                    () -> value(browser, "document.querySelector('#workers tbody').rows.length")
                            .equals("2"));
            assertThat(value(browser, "document.title")).isEqualTo("2/2 Narwhal");
            Await.until(
                    "the request in flight",
                    LIMIT,
                    () -> value(browser, "document.querySelector('#requests').textContent")
                            .contains("/sleep"));
            Await.until("a line", LIMIT, () -> line(browser).contains("L"));
            var before = line(browser);
            Http.get(narwhal.port(), "/ping");
            Await.until("a line that has moved", LIMIT, () -> !line(browser).equals(before));

            var pressed = "document.querySelector('[data-seconds=\"60\"]').getAttribute('aria-pressed')";
            assertThat(value(browser, pressed)).isEqualTo("false");
            browser.press("1");
            assertThat(value(browser, pressed)).isEqualTo("true");

            var background = "getComputedStyle(document.body).backgroundColor";
            browser.dark(false);
            var light = value(browser, background);
            browser.dark(true);
            assertThat(value(browser, background)).isNotEqualTo(light);

            long killed = narwhal.readyWorkers().getFirst();
            narwhal.kill9(killed);
            Await.until(
                    "its end in the list of what happened",
                    LIMIT,
                    () -> value(browser, "document.querySelector('#happened').textContent")
                            .contains("(pid " + killed + ") is gone"));
        }
    }

    private static String value(Chromium browser, String expression) {
        return browser.value(expression);
    }

    private static String line(Chromium browser) {
        return value(browser, "document.querySelector('.series')?.getAttribute('d')");
    }

    private static JsonObject next(BufferedReader events) throws IOException {
        while (true) {
            var line = Objects.requireNonNull(events.readLine(), "the stream ended");
            if (line.startsWith("data: ")) {
                return JsonParser.parseString(line.substring(6)).getAsJsonObject();
            }
        }
    }

    private static String url(RunningNarwhal narwhal) {
        return "http://127.0.0.1:" + narwhal.awaitLog(OPS).group(1) + "/";
    }
}
