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
import java.nio.file.Files;
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
        var narwhal =
                narwhals.start("--ops=127.0.0.1:0", "--workers=2", "--graceful-timeout=1s", Wars.sample("crashtest"));
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
        var war = Files.copy(Wars.sample("crashtest"), directory.resolve("app.war"));
        var narwhal = narwhals.start("--ops=127.0.0.1:0", "--workers=2", "--graceful-timeout=1s", war);
        try (var browser = new Chromium(program.orElseThrow(), directory.resolve("profile"));
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
            browser.prefers("color-scheme", "light");
            var light = value(browser, background);
            browser.prefers("color-scheme", "dark");
            assertThat(value(browser, background)).isNotEqualTo(light);

            rowsAreReachedByKeysAndStayWhereTheyAre(browser);
            whatMovesStopsForWhoeverWantsThat(browser);

            Files.writeString(war, "no archive");
            narwhal.signal("HUP");
            Await.until(
                    "the release that was refused, and why",
                    LIMIT,
                    () -> value(browser, "document.querySelector('#releases tbody').rows[0].innerText")
                            .matches("(?s).*reload\\s+2\\s+refused.*app\\.war: it is not a zip archive.*"));
            assertThat(value(browser, "document.querySelector('#releases tbody').innerText"))
                    .containsPattern("start\\s+1\\s+ok");
            assertThat(value(browser, "document.querySelector('#phase').textContent"))
                    .isEqualTo("Release 1 serves");

            long killed = narwhal.readyWorkers().getFirst();
            narwhal.kill9(killed);
            Await.until(
                    "its end in the list of what happened",
                    LIMIT,
                    () -> value(browser, "document.querySelector('#happened').textContent")
                            .contains("(pid " + killed + ") is gone"));
        }
    }

    private static void rowsAreReachedByKeysAndStayWhereTheyAre(Chromium browser) {
        var known =
                "Object.keys(KEYS).filter(key => ![...document.querySelectorAll('footer kbd')].some(each => each.textContent === key))";
        assertThat(value(browser, known))
                .as("keys that the page does not tell of")
                .isEmpty();
        var row = "document.activeElement.closest('table')?.id + ' ' + document.activeElement.rowIndex";
        browser.press("w");
        assertThat(value(browser, row)).isEqualTo("workers 1");
        browser.press("ArrowDown");
        assertThat(value(browser, row)).isEqualTo("workers 2");
        assertThat(value(browser, "getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
        // Who reads aloud is told of changes, not of every second.
        value(
                browser,
                "(window.told = 0, new MutationObserver(() => told++).observe(document.querySelector('#state'),"
                        + " { childList: true, characterData: true, subtree: true }))");
        var points = "charts[0].points.length";
        int drawn = Integer.parseInt(value(browser, points));
        Await.until("three more looks", LIMIT, () -> Integer.parseInt(value(browser, points)) >= drawn + 3);
        assertThat(value(browser, "told")).isEqualTo("0");
        assertThat(value(browser, row)).isEqualTo("workers 2");
        browser.press("f");
        assertThat(value(browser, row)).isEqualTo("requests 1");
        browser.press("c");
        browser.press("ArrowLeft");
        assertThat(value(browser, "charts[0].until.textContent")).isEqualTo("1 s ago");
    }

    private static void whatMovesStopsForWhoeverWantsThat(Chromium browser) {
        var pulse = "(document.querySelector('#state').className = 'moving',"
                + " getComputedStyle(document.querySelector('#state'), '::before').animationName)";
        browser.prefers("reduced-motion", "no-preference");
        assertThat(value(browser, pulse)).isEqualTo("pulse");
        browser.prefers("reduced-motion", "reduce");
        assertThat(value(browser, pulse)).isEqualTo("none");
        browser.prefers("reduced-motion", "no-preference");
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
