package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.narwhal.harness.Await;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RunningNarwhal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What applications print, and what is left of those whose JVM crashes. */
@ExtendWith(NarwhalExtension.class)
final class WorkerOutputTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private Path application;

    @BeforeEach
    void write() throws IOException {
        application = Files.createDirectory(directory.resolve("chatty"));
        page("print", """
                System.out.println("printed by an application");
                System.err.println("x".repeat(20_000));""");
        page("flood", """
                for (int i = 0; i < 100_000; i++) { System.err.println("a line of a flood of one hundred thousand lines"); }""");
        page("fail", """
                if (true) { throw new IllegalStateException("thrown by a page"); }""");
        page("crash", """
                System.out.println("my last words");
                var field = sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
                field.setAccessible(true);
                ((sun.misc.Unsafe) field.get(null)).putLong(0L, 1L);""");
    }

    private void page(String name, String code) throws IOException {
        Files.writeString(
                application.resolve(name + ".jsp"), "<%@ page contentType=\"text/plain\" %><% " + code + " %>ok");
    }

    @Test
    void every_line_tells_whose_it_is_and_a_crash_leaves_a_report_and_the_last_words(Narwhals narwhals)
            throws IOException {
        var crashes = directory.resolve("crashes");
        var narwhal = narwhals.start("--workers=1", "--crash-dir=" + crashes, application);
        long worker = narwhal.awaitWorkers(1, LIMIT).getFirst();

        assertThat(Http.get(narwhal.port(), "/print.jsp").status()).isEqualTo(200);
        narwhal.awaitLog(Pattern.compile("Z OUT   worker 0 \\(pid " + worker + "\\): printed by an application$"));
        narwhal.awaitLog(Pattern.compile("Z ERR   worker 0 \\(pid " + worker + "\\): x{16384}$"));
        narwhal.awaitLog(Pattern.compile("Z ERR   worker 0 \\(pid " + worker + "\\): x{3616}$"));

        assertThat(Http.get(narwhal.port(), "/fail.jsp").status()).isEqualTo(500);
        narwhal.awaitLog(
                Pattern.compile("Z ERROR worker 0 \\(pid " + worker + "\\): \tat org\\.apache\\.jsp\\.fail_jsp"));
        assertThat(narwhal.log().text())
                .as("lines of a stack trace without its level")
                .doesNotContainPattern("ERR   .*\\): \tat ");

        assertThat(catchStatus(narwhal, "/crash.jsp")).isNotEqualTo(200);
        narwhal.awaitLog(LogLines.endedBySignal(worker, 6), LIMIT);
        var report = crashes.resolve("hs_err_pid" + worker + ".log");
        var words = crashes.resolve("worker-0-pid-" + worker + ".txt");
        assertThat(narwhal.log().text())
                .containsSubsequence(
                        "OUT   worker 0 (pid " + worker + "): my last words",
                        "has crashed: the JVM's report is in " + report + ", what it printed last is in " + words,
                        "was ended by signal 6");
        assertThat(report).content().contains("SIGSEGV");
        assertThat(words).content().contains("my last words\n#\n# A fatal error has been detected");
    }

    private static int catchStatus(RunningNarwhal narwhal, String path) {
        try {
            return Http.get(narwhal.port(), path).status();
        } catch (IOException | RuntimeException | AssertionError e) {
            return 0; // the connection ends with the worker
        }
    }

    @Test
    void as_json_every_line_is_an_object(Narwhals narwhals) throws IOException {
        // Every JVM that has this variable prints it at once: also the one that prepares.
        var narwhal = narwhals.start(
                "--workers=1", "--log-format=json", "--env=JAVA_TOOL_OPTIONS=-Dtold=by-the-jvm", application);
        long worker = narwhal.awaitWorkers(1, LIMIT).getFirst();
        assertThat(Http.get(narwhal.port(), "/print.jsp").status()).isEqualTo(200);
        assertThat(Http.get(narwhal.port(), "/fail.jsp").status()).isEqualTo(500);
        narwhal.awaitLog(Pattern.compile("printed by an application"));
        narwhal.awaitLog(Pattern.compile("\"stream\":\"stderr\",\"child\":\"prepare\",\"pid\":\\d+,.*by-the-jvm"));
        narwhal.awaitLog(
                Pattern.compile("\"level\":\"ERROR\",.*\"worker\":0,.*\\\\n\\\\tat org\\.apache\\.jsp\\.fail_jsp"));
        assertThat(narwhal.stop()).isZero();

        for (var line : narwhal.log().lines()) {
            var object = JsonParser.parseString(line).getAsJsonObject();
            assertThat(object.keySet()).as(line).contains("time", "message");
            if (object.get("message").getAsString().contains("printed by an application")) {
                assertThat(object.get("stream").getAsString()).isEqualTo("stdout");
                assertThat(object.get("worker").getAsInt()).isZero();
                assertThat(object.get("pid").getAsLong()).isEqualTo(worker);
            }
        }
        assertThat(narwhal.log().text()).contains("\"message\":\"stopped: no worker is left exit-code=0\"");
    }

    @Test
    void a_form_of_the_applications_own_can_stay(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start("--workers=1", "--no-capture-output", application);
        assertThat(Http.get(narwhal.port(), "/print.jsp").status()).isEqualTo(200);
        narwhal.awaitLog(Pattern.compile("^printed by an application$"));
        narwhal.awaitLog(Pattern.compile("^x{20000}$"));
    }

    /** Python holds the other end of the master's standard error and does not read: no worker, and no stop, waits for it. */
    @Test
    void nobody_waits_for_a_reader_that_hangs(Narwhals narwhals) throws IOException {
        int port;
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        var narwhal = narwhals.begin(Launch.run("--workers=1", "--bind=127.0.0.1:" + port, application)
                .prefixedBy("python3", "-c", """
                        import os, sys
                        held, error = os.pipe()
                        os.set_inheritable(held, True)
                        os.dup2(error, 2)
                        os.execv(sys.argv[1], sys.argv[1:])
                        """));
        Await.until("the first page", LIMIT, () -> serves(port));

        assertThat(Http.get(port, "/flood.jsp").status()).isEqualTo(200);
        assertThat(Http.get(port, "/flood.jsp").status()).isEqualTo(200);
        assertThat(narwhal.stop()).isZero();
    }

    private static boolean serves(int port) {
        try {
            return Http.get(port, "/print.jsp").status() == 200;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
