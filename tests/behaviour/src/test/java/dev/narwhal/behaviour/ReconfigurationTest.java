package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Response;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.WarBuilder;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A reload reads the configuration again, and a new worker proves itself before it is ready. */
@ExtendWith(NarwhalExtension.class)
final class ReconfigurationTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int USAGE = 2;
    private static final int DEPLOY = 4;

    @TempDir
    Path directory;

    @Test
    void a_reload_takes_what_can_change_names_what_cannot_and_refuses_what_is_wrong(Narwhals narwhals)
            throws IOException {
        var war = Wars.release("A", 0).write(directory.resolve("app.war"));
        configure("backlog = 100\nworkers = 1\nwars = [\"app.war\"]\nenv-file = \"app.env\"\n");
        Files.writeString(directory.resolve("app.env"), "PROBE=one\n");
        var narwhal = narwhals.startLaunch(
                Launch.run("--threads=3").in(directory).with("NARWHAL_CONTROL_SOCKET", directory.resolve("ctl.sock")));
        assertThat(environment(narwhal)).isEqualTo("one");

        configure("backlog = 100\nworkers = \"lots\"\nwars = [\"app.war\"]\nthread = 7\n");
        var wrong = ctl("reload", "--wait");
        assertThat(wrong.exitCode()).as(wrong.output()).isEqualTo(USAGE);
        assertThat(wrong.err())
                .contains(
                        "narwhal.toml:2: workers: 'lots' is not",
                        "narwhal.toml:4: no such setting 'thread'. Did you mean 'threads'?",
                        "Generation 1 goes on serving");

        configure("""
            backlog = 200
            workers = 2
            threads = 9
            wars = ["app.war"]
            env-file = "app.env"
            warmup = ["/release", "/ping"]
            access-logfile = "access.log"
            access-logformat = "json"
            log-level = "debug"
            """);
        Files.writeString(directory.resolve("app.env"), "PROBE=two\n");
        var right = ctl("reload", "--wait");
        assertThat(right.exitCode()).as(right.output()).isZero();
        narwhal.awaitLog(Pattern.compile("reloading: backlog has changed, which takes a restart"), LIMIT);
        narwhal.awaitWorkers(2, LIMIT);
        assertThat(environment(narwhal)).isEqualTo("two");
        assertThat(Files.readString(directory.resolve("access.log")).lines().limit(2))
                .as("each worker warms up before anybody else is served")
                .allMatch(line -> line.contains("/release") || line.contains("/ping"));

        Wars.release("B", 1).write(directory.resolve("failing.war"));
        var failing = ctl("reload", "--wait", "failing.war");
        assertThat(failing.exitCode()).as(failing.output()).isEqualTo(DEPLOY);
        narwhal.awaitLog(Pattern.compile("DEBUG narwhal: worker jvm flags"), LIMIT);
        assertThat(narwhal.log().text())
                .as("the command line wins")
                .contains(" threads=3")
                .doesNotContain(" threads=9");
        assertThat(failing.err()).contains("warming up: GET /release was answered with 500");
        assertThat(Http.get(narwhal.port(), "/release").text()).isEqualTo("A");

        Wars.release("C", 0).write(directory.resolve("other.war"));
        configure("workers = 1\nwars = [\"app.war\"]\n");
        var other = ctl("reload", "--wait", "other.war=/other");
        assertThat(other.exitCode()).as(other.output()).isZero();
        narwhal.awaitWorkers(1, LIMIT);
        assertThat(Http.get(narwhal.port(), "/other/release").text()).isEqualTo("C");
        assertThat(Http.get(narwhal.port(), "/release").status()).isEqualTo(404);
        assertThat(war).exists();

        var back = ctl("rollback");
        assertThat(back.exitCode()).isNotZero();
        assertThat(back.err()).contains("no release is kept");
    }

    @Test
    void in_development_a_change_of_files_is_a_release_and_a_broken_one_leaves_the_last_good_one(Narwhals narwhals)
            throws IOException {
        var app = Wars.release("A", 0).explode(directory.resolve("app"));
        Files.createDirectories(directory.resolve("src"));
        var narwhal = narwhals.startLaunch(Launch.run("--workers=1", "--reload", "--reload-extra=src/*.txt", app)
                .in(directory));
        assertThat(release(narwhal)).isEqualTo("A");

        Files.writeString(app.resolve("WEB-INF/release"), "B 0");
        narwhal.awaitLog(Pattern.compile("reloading: .*/WEB-INF/release has changed"), LIMIT);
        narwhal.awaitLog(LogLines.RELOADED, LIMIT);
        assertThat(release(narwhal)).isEqualTo("B");

        Files.writeString(app.resolve("WEB-INF/web.xml"), "<web-app><servlet>");
        narwhal.awaitLog(LogLines.RELOAD_REFUSED, LIMIT);
        assertThat(release(narwhal)).isEqualTo("B");
        assertThat(navigate(narwhal, "").status()).isEqualTo(500);
        assertThat(navigate(narwhal, "").text())
                .contains("Release 3 was refused; release 2 goes on serving", "reading WEB-INF/web.xml:");
        assertThat(navigate(narwhal, "Sec-Fetch-Dest: iframe\r\n").text())
                .as("what a page loads")
                .isEqualTo("B");
        var mark = navigate(narwhal, "").header("X-Narwhal-Notice").orElseThrow();
        assertThat(navigate(narwhal, "Cookie: narwhal-notice=" + mark + "\r\n").text())
                .as("the last version that works, as asked")
                .isEqualTo("B");

        int refused = narwhal.log().size();
        Files.writeString(app.resolve("WEB-INF/release"), "C 0");
        Files.delete(app.resolve("WEB-INF/web.xml"));
        narwhal.log().await(LogLines.RELOADED, LIMIT, refused);
        assertThat(navigate(narwhal, "").text()).isEqualTo("C");

        int from = narwhal.log().size();
        Files.writeString(directory.resolve("src/notes.txt"), "new");
        narwhal.log().await(LogLines.RELOADED, LIMIT, from);
    }

    @Test
    void in_development_a_browser_is_shown_what_is_wrong_with_a_page_and_where(Narwhals narwhals) throws IOException {
        var app = new WarBuilder()
                .file("bad.jsp", "<p>\n<%\n  int fish = \"<b>\";\n%>\n</p>")
                .file("unclosed.jsp", "<p>\n\n<% if (true) {")
                .file("outer.jsp", "<jsp:include page='bad.jsp'/>")
                .file("sorry.html", "sorry")
                .descriptor("<error-page><location>/sorry.html</location></error-page>")
                .explode(directory.resolve("pages"));
        var narwhal =
                narwhals.startLaunch(Launch.run("--workers=1", "--reload", app).in(directory));

        var page = navigate(narwhal, "/bad.jsp", "");
        assertThat(page.status()).isEqualTo(500);
        assertThat(page.header("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(page.text())
                .contains("<h2>/bad.jsp:3</h2>", "Type mismatch: cannot convert from String to int")
                .contains("<mark>3:   int fish = \"&lt;b&gt;\";</mark>", "2: &lt;%", "release 1");
        assertThat(navigate(narwhal, "/outer.jsp", "").text()).contains("<h2>/bad.jsp:3</h2>");
        assertThat(navigate(narwhal, "/unclosed.jsp", "").text())
                .contains("<h2>/unclosed.jsp:3</h2>", "<mark>3: &lt;% if (true) {</mark>");
        assertThat(navigate(narwhal, "/bad.jsp", "Sec-Fetch-Dest: iframe\r\n").text())
                .as("what a page loads")
                .isEqualTo("sorry");
        assertThat(Http.get(narwhal.port(), "/bad.jsp").text())
                .as("a client that is no browser")
                .isEqualTo("sorry");
        assertThat(look(narwhal)).isEqualTo("1");

        Files.writeString(app.resolve("bad.jsp"), "<p>${1 + 1}</p>");
        narwhal.awaitLog(LogLines.RELOADED, LIMIT);
        Await.until("the mended page", LIMIT, () -> isMended(narwhal)); // the old worker may still take a request
    }

    @Test
    void otherwise_nobody_is_shown_a_source(Narwhals narwhals) throws IOException {
        var app =
                new WarBuilder().file("bad.jsp", "<% int fish = \"secret\"; %>").explode(directory.resolve("pages"));
        var narwhal = narwhals.startLaunch(Launch.run("--workers=1", app).in(directory));

        var page = navigate(narwhal, "/bad.jsp", "");
        assertThat(page.status()).isEqualTo(500);
        assertThat(page.text()).doesNotContain("secret", "This page cannot be compiled");
    }

    private static boolean isMended(RunningNarwhal narwhal) {
        try {
            return look(narwhal).equals("2")
                    && navigate(narwhal, "/bad.jsp", "").text().equals("<p>2</p>");
        } catch (IOException e) {
            throw new UncheckedIOException("asking for the page", e);
        }
    }

    /** As the page does that is shown to a developer. */
    private static String look(RunningNarwhal narwhal) throws IOException {
        try (var http = Http.connect(narwhal.port())) {
            return http.send(
                            "HEAD /bad.jsp HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nX-Narwhal-Notice: ?\r\n\r\n")
                    .response(false)
                    .header("X-Narwhal-Notice")
                    .orElseThrow();
        }
    }

    /** As a browser does when somebody follows a link. */
    private static Response navigate(RunningNarwhal narwhal, String headers) throws IOException {
        return navigate(narwhal, "/release", headers);
    }

    private static Response navigate(RunningNarwhal narwhal, String path, String headers) throws IOException {
        try (var http = Http.connect(narwhal.port())) {
            return http.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html,*/*;q=0.8\r\n" + headers
                            + "\r\n")
                    .response();
        }
    }

    private static String release(RunningNarwhal narwhal) {
        try {
            return Http.get(narwhal.port(), "/release").text();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void configure(String toml) throws IOException {
        Files.writeString(directory.resolve("narwhal.toml"), toml);
    }

    private static String environment(RunningNarwhal narwhal) throws IOException {
        return Http.get(narwhal.port(), "/environment?name=PROBE").text().strip();
    }

    private Launch.Finished ctl(String... words) {
        var arguments = new Object[words.length + 2];
        arguments[0] = "ctl";
        arguments[1] = "--socket=" + directory.resolve("ctl.sock");
        System.arraycopy(words, 0, arguments, 2, words.length);
        return Launch.of(arguments).in(directory).finish();
    }
}
