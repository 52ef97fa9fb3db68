package dev.narwhal.master.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import com.google.gson.JsonObject;

/** The form of a log line for programs: {@code {"time":"2026-11-22T10:15:30.123Z","level":"INFO","logger":"narwhal","message":"..."}}. */
final class JsonLine extends LayoutBase<ILoggingEvent> {

    @Override
    public String doLayout(ILoggingEvent event) {
        var line = new JsonObject();
        line.addProperty("time", LogLine.TIME.format(event.getInstant()));
        line.addProperty("level", event.getLevel().toString());
        line.addProperty("logger", LogLine.logger(event));
        line.addProperty("message", event.getFormattedMessage());
        var pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> line.addProperty(pair.key, String.valueOf(pair.value)));
        }
        if (event.getThrowableProxy() != null) {
            line.addProperty("stack", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line + "\n";
    }
}
