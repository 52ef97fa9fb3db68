package dev.narwhal.master.output;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static String form(LogFormat format, Stream stream, String line) {
        var to = new ByteArrayOutputStream();
        var bytes = line.getBytes(StandardCharsets.UTF_8);
        new Form(format, 3, 4711, stream).append(bytes, 0, bytes.length, NOW, to);
        return to.toString(StandardCharsets.UTF_8);
    }
}
