package dev.narwhal.undertow;

import com.google.gson.JsonObject;
import dev.narwhal.undertow.identity.RequestId;
import dev.narwhal.worker.observe.RequestLog;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Writes a request to the access log, in Apache httpd's {@code common} and {@code combined} formats, as the latter with what only this server knows, or as
 * a JSON object. What comes from a
 * client is escaped as httpd does it, so that nobody can forge a line.
 */
final class AccessLine {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final RequestLog log;
    private final int slot;
    private final long worker = ProcessHandle.current().pid();

    AccessLine(RequestLog log, int slot) {
        this.log = log;
        this.slot = slot;
    }

    /**
     * Writes a line.
     *
     * @param status what the client was told
     * @param waited how many nanoseconds the request waited for a thread
     */
    void log(HttpServerExchange exchange, int status, long waited) {
        log.write(
                switch (log.format()) {
                    case COMMON -> common(exchange, status);
                    case COMBINED -> combined(exchange, status);
                    case EXTENDED -> combined(exchange, status) + extension(exchange, waited);
                    case JSON -> json(exchange, status, waited);
                });
    }

    private static String combined(HttpServerExchange exchange, int status) {
        return common(exchange, status)
                + quoted(header(exchange, Headers.REFERER))
                + quoted(header(exchange, Headers.USER_AGENT));
    }

    private String extension(HttpServerExchange exchange, long waited) {
        return " %d %d %d %d %s"
                .formatted(
                        micros(System.nanoTime() - exchange.getRequestStartTime()),
                        micros(waited),
                        slot,
                        worker,
                        id(exchange).orElse("-"));
    }

    private static Optional<String> id(HttpServerExchange exchange) {
        return RequestId.of(exchange).map(RequestId::shown);
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }

    private static String common(HttpServerExchange exchange, int status) {
        long bytes = exchange.getResponseBytesSent();
        var query = exchange.getQueryString();
        return "%s - %s [%s] \"%s %s%s %s\" %d %s"
                .formatted(
                        exchange.getSourceAddress().getHostString(),
                        user(exchange).map(AccessLine::escape).orElse("-"),
                        TIME.format(Instant.now()),
                        exchange.getRequestMethod(),
                        escape(exchange.getRequestURI()),
                        query.isEmpty() ? "" : "?" + escape(query),
                        exchange.getProtocol(),
                        status,
                        bytes == 0 ? "-" : bytes);
    }

    private static String quoted(Optional<String> text) {
        return " \"" + text.map(AccessLine::escape).orElse("-") + "\"";
    }

    private static String escape(String text) {
        var escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f) {
                escaped.append("\\x%02x".formatted((int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private String json(HttpServerExchange exchange, int status, long waited) {
        var line = new JsonObject();
        line.addProperty("time", Instant.now().toString());
        line.addProperty("slot", slot);
        line.addProperty("worker", worker);
        id(exchange).ifPresent(id -> line.addProperty("requestId", id));
        line.addProperty("remote", exchange.getSourceAddress().getHostString());
        user(exchange).ifPresent(user -> line.addProperty("user", user));
        line.addProperty("method", exchange.getRequestMethod().toString());
        line.addProperty("path", exchange.getRequestURI());
        line.addProperty("query", exchange.getQueryString());
        line.addProperty("protocol", exchange.getProtocol().toString());
        line.addProperty("status", status);
        line.addProperty("bytes", exchange.getResponseBytesSent());
        line.addProperty("micros", micros(System.nanoTime() - exchange.getRequestStartTime()));
        line.addProperty("queueMicros", micros(waited));
        header(exchange, Headers.REFERER).ifPresent(referer -> line.addProperty("referer", referer));
        header(exchange, Headers.USER_AGENT).ifPresent(agent -> line.addProperty("userAgent", agent));
        return line.toString();
    }

    private static Optional<String> header(HttpServerExchange exchange, HttpString name) {
        HeaderMap headers = exchange.getRequestHeaders();
        return Optional.ofNullable(headers.getFirst(name));
    }

    private static Optional<String> user(HttpServerExchange exchange) {
        return Optional.ofNullable(exchange.getSecurityContext())
                .map(context -> context.getAuthenticatedAccount())
                .map(account -> account.getPrincipal().getName());
    }
}
