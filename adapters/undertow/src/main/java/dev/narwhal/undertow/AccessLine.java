package dev.narwhal.undertow;

import com.google.gson.JsonObject;
import dev.narwhal.worker.observe.RequestLog;
import io.undertow.attribute.ExchangeAttribute;
import io.undertow.attribute.ExchangeAttributes;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Writes a request to the access log, in Apache httpd's {@code common} and {@code combined} formats or as a JSON object. */
final class AccessLine {

    private static final String COMMON = "%h %l %u %t \"%r\" %s %b";
    private static final String COMBINED = COMMON + " \"%{i,Referer}\" \"%{i,User-Agent}\"";

    private final RequestLog log;
    private final @Nullable ExchangeAttribute pattern;
    private final long worker = ProcessHandle.current().pid();

    AccessLine(RequestLog log) {
        this.log = log;
        this.pattern = switch (log.format()) {
            case COMMON -> parse(COMMON);
            case COMBINED -> parse(COMBINED);
            case JSON -> null;
        };
    }

    private static ExchangeAttribute parse(String pattern) {
        return ExchangeAttributes.parser(AccessLine.class.getClassLoader()).parse(pattern);
    }

    void log(HttpServerExchange exchange) {
        log.write(pattern == null ? json(exchange) : pattern.readAttribute(exchange));
    }

    private String json(HttpServerExchange exchange) {
        var line = new JsonObject();
        line.addProperty("time", Instant.now().toString());
        line.addProperty("worker", worker);
        line.addProperty("remote", exchange.getSourceAddress().getHostString());
        user(exchange).ifPresent(user -> line.addProperty("user", user));
        line.addProperty("method", exchange.getRequestMethod().toString());
        line.addProperty("path", exchange.getRequestURI());
        line.addProperty("query", exchange.getQueryString());
        line.addProperty("protocol", exchange.getProtocol().toString());
        line.addProperty("status", exchange.getStatusCode());
        line.addProperty("bytes", exchange.getResponseBytesSent());
        line.addProperty("micros", TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - exchange.getRequestStartTime()));
        line.addProperty("referer", exchange.getRequestHeaders().getFirst(Headers.REFERER));
        line.addProperty("userAgent", exchange.getRequestHeaders().getFirst(Headers.USER_AGENT));
        return line.toString();
    }

    private static Optional<String> user(HttpServerExchange exchange) {
        return Optional.ofNullable(exchange.getSecurityContext())
                .map(context -> context.getAuthenticatedAccount())
                .map(account -> account.getPrincipal().getName());
    }
}
