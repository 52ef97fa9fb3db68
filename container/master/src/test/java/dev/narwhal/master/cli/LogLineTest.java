package dev.narwhal.master.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class LogLineTest {

    private static LoggingEvent event(String logger, Level level, String message, @Nullable Throwable thrown) {
        var event = new LoggingEvent(
                LogLineTest.class.getName(), new LoggerContext().getLogger(logger), level, message, thrown, null);
        event.setInstant(Instant.parse("2026-11-22T10:15:30.123456Z"));
        return event;
    }

    @Test
    void a_line_has_time_level_and_message() {
        assertThat(new LogLine().doLayout(event("dev.narwhal.master.arbiter.Arbiter", Level.INFO, "ready", null)))
                .isEqualTo("2026-11-22T10:15:30.123Z INFO  narwhal: ready\n");
    }

    @Test
    void lines_of_libraries_have_their_name() {
        assertThat(new LogLine().doLayout(event("org.tomlj", Level.ERROR, "no", null)))
                .isEqualTo("2026-11-22T10:15:30.123Z ERROR org.tomlj: no\n");
    }

    @Test
    void keys_and_values_follow_the_message() {
        var event = event("dev.narwhal.X", Level.WARN, "gone", null);
        event.addKeyValuePair(new KeyValuePair("pid", 7));
        event.addKeyValuePair(new KeyValuePair("cause", "a \"b\""));
        assertThat(new LogLine().doLayout(event))
                .isEqualTo("2026-11-22T10:15:30.123Z WARN  narwhal: gone pid=7 cause=\"a \\\"b\\\"\"\n");
    }

    @Test
    void what_comes_from_outside_cannot_look_like_a_line_of_ours() {
        assertThat(new LogLine().doLayout(event("dev.narwhal.X", Level.INFO, "a\r\n2026-11-22 INFO b", null)))
                .isEqualTo("2026-11-22T10:15:30.123Z INFO  narwhal: a\n    2026-11-22 INFO b\n");
    }

    @Test
    void a_stack_trace_is_indented() {
        assertThat(new LogLine()
                        .doLayout(event("dev.narwhal.X", Level.INFO, "a", new IllegalStateException("b")))
                        .lines())
                .startsWith("2026-11-22T10:15:30.123Z INFO  narwhal: a", "    java.lang.IllegalStateException: b")
                .last()
                .asString()
                .startsWith("    \tat ");
    }

    @Test
    void logback_is_set_up_by_us() {
        var root = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        assertThat(root.getAppender("stderr")).isNotNull();
    }
}
