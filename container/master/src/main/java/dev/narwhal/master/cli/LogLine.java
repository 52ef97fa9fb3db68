package dev.narwhal.master.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The form of a log line: {@code 2026-11-22T10:15:30.123Z INFO  narwhal: worker ready slot=1 pid=4711}. What others log, such as
 * libraries, has their name in place of {@code narwhal}.
 *
 * <p>A message of several lines goes on indented, so that nothing that comes from outside can look like a line of ours.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {

    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Override
    public String doLayout(ILoggingEvent event) {
        var line = new StringBuilder(160);
        TIME.formatTo(event.getInstant(), line);
        line.append(' ');
        var level = event.getLevel().toString();
        line.append(level).repeat(' ', 5 - level.length()).append(' ');
        line.append(logger(event)).append(": ");
        line.append(event.getFormattedMessage());
        var pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(
                    pair -> line.append(' ').append(pair.key).append('=').append(quote(String.valueOf(pair.value))));
        }
        var thrown = event.getThrowableProxy();
        if (thrown != null) {
            line.append('\n').append(ThrowableProxyUtil.asString(thrown).stripTrailing());
        }
        return line.toString().replace("\r", "").replace("\n", "\n    ") + "\n";
    }

    /** Ours have one name. */
    static String logger(ILoggingEvent event) {
        return event.getLoggerName().startsWith("dev.narwhal.") ? "narwhal" : event.getLoggerName();
    }

    private static String quote(String value) {
        return value.isEmpty() || value.chars().anyMatch(c -> c <= ' ' || c == '"')
                ? '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
                : value;
    }
}
