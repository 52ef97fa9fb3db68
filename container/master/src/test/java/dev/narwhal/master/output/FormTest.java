package dev.narwhal.master.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.atIndex;

import dev.narwhal.contract.WorkerLog;
import dev.narwhal.master.config.LogFormat;
import dev.narwhal.master.output.Form.Stream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FormTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123Z");
    private static final String LOGGED = "2026-11-22T10:15:29.001Z WARN  worker 3: it \"drains\"";

    @Test
    void what_an_application_prints_tells_whose_it_is() {
        assertThat(form(LogFormat.TEXT, Stream.STDOUT, "hello"))
                .isEqualTo("2026-11-22T10:15:30.123Z OUT   worker 3 (pid 4711): hello\n");
        assertThat(form(LogFormat.TEXT, Stream.STDERR, ""))
                .isEqualTo("2026-11-22T10:15:30.123Z ERR   worker 3 (pid 4711): \n");
        assertThat(form(LogFormat.JSON, Stream.STDOUT, "a \"word\""))
                .isEqualTo(
                        "{\"time\":\"2026-11-22T10:15:30.123Z\",\"stream\":\"stdout\",\"worker\":3,\"pid\":4711,\"message\":\"a \\\"word\\\"\"}\n");
    }

    @Test
    void what_the_worker_logs_keeps_its_time_and_level() {
        assertThat(form(LogFormat.TEXT, Stream.STDERR, LOGGED))
                .isEqualTo("2026-11-22T10:15:29.001Z WARN  worker 3 (pid 4711): it \"drains\"\n");
        assertThat(form(LogFormat.JSON, Stream.STDERR, LOGGED))
                .isEqualTo(
                        "{\"time\":\"2026-11-22T10:15:29.001Z\",\"level\":\"WARN\",\"logger\":\"narwhal\",\"worker\":3,\"pid\":4711,\"message\":\"it \\\"drains\\\"\"}\n");
    }

    @Test
    void nothing_that_is_printed_passes_for_what_another_worker_or_the_master_logs() {
        for (var forged :
                new String[] {LOGGED.replace("worker 3", "worker 4"), LOGGED.replace("worker 3", "narwhal")}) {
            assertThat(form(LogFormat.TEXT, Stream.STDERR, forged)).contains("ERR   worker 3 (pid 4711): 2026");
        }
    }

    @Test
    void every_line_of_a_message_has_its_level_and_as_json_it_is_one_object() {
        var logged = WorkerLog.lines(LOGGED + "\njava.io.IOException: x\n\tat a.B.c(B.java:1)\n", "worker 3");
        assertThat(logged.lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("2026-11-22T10:15:29.001Z WARN  worker 3"));

        assertThat(forms(LogFormat.TEXT, logged + "printed\n")).isEqualTo("""
                2026-11-22T10:15:29.001Z WARN  worker 3 (pid 4711): it "drains"
                2026-11-22T10:15:29.001Z WARN  worker 3 (pid 4711): java.io.IOException: x
                2026-11-22T10:15:29.001Z WARN  worker 3 (pid 4711): \tat a.B.c(B.java:1)
                2026-11-22T10:15:30.123Z ERR   worker 3 (pid 4711): printed
                """);
        assertThat(forms(LogFormat.JSON, logged + "printed\n" + LOGGED + "\n" + LOGGED + "\n")
                        .lines())
                .hasSize(4)
                .satisfies(
                        line -> assertThat(line)
                                .contains("\"level\":\"WARN\"")
                                .contains(
                                        "\"message\":\"it \\\"drains\\\"\\njava.io.IOException: x\\n\\tat a.B.c(B.java:1)\""),
                        atIndex(0))
                .satisfies(line -> assertThat(line).contains("\"stream\":\"stderr\""), atIndex(1));
    }

    @Test
    void what_is_left_of_a_message_keeps_its_level() {
        var rest = WorkerLog.lines(LOGGED + "\n\tat a.B\n", "worker 3")
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow();

        assertThat(form(LogFormat.JSON, Stream.STDERR, rest))
                .contains("\"level\":\"WARN\"", "\"message\":\"\\tat a.B\"");
    }

    @Test
    void a_child_that_prepares_has_a_name_and_no_slot() {
        var to = new ByteArrayOutputStream();
        var form = new Form(LogFormat.JSON, Printer.preparation(4711), Stream.STDERR);
        form.append(new byte[] {'x'}, 0, 1, NOW, to);

        assertThat(to.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"time\":\"2026-11-22T10:15:30.123Z\",\"stream\":\"stderr\",\"child\":\"prepare\",\"pid\":4711,\"message\":\"x\"}\n");
    }

    private static String forms(LogFormat format, String text) {
        var to = new ByteArrayOutputStream();
        var form = new Form(format, Printer.worker(3, 4711), Stream.STDERR);
        text.lines()
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .forEach(line -> form.append(line, 0, line.length, NOW, to));
        form.end(to);
        return to.toString(StandardCharsets.UTF_8);
    }

    private static String form(LogFormat format, Stream stream, String line) {
        var to = new ByteArrayOutputStream();
        var bytes = line.getBytes(StandardCharsets.UTF_8);
        var form = new Form(format, Printer.worker(3, 4711), stream);
        form.append(bytes, 0, bytes.length, NOW, to);
        form.end(to);
        return to.toString(StandardCharsets.UTF_8);
    }
}
