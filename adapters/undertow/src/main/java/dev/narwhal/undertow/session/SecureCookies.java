package dev.narwhal.undertow.session;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.session.SessionConfig;
import org.jspecify.annotations.Nullable;

/** Marks the cookie of a session as {@code Secure} when the request came by TLS, as Tomcat does: it is never sent without TLS then. */
final class SecureCookies implements SessionConfig {

    private final SessionConfig next;

    SecureCookies(SessionConfig next) {
        this.next = next;
    }

    @Override
    public void setSessionId(HttpServerExchange exchange, String sessionId) {
        next.setSessionId(exchange, sessionId);
        if (exchange.isSecure()) {
            for (var cookie : exchange.responseCookies()) {
                if (sessionId.equals(cookie.getValue())) {
                    cookie.setSecure(true);
                }
            }
        }
    }

    @Override
    public void clearSession(HttpServerExchange exchange, String sessionId) {
        next.clearSession(exchange, sessionId);
    }

    @Override
    public @Nullable String findSessionId(HttpServerExchange exchange) {
        return next.findSessionId(exchange);
    }

    @Override
    public SessionCookieSource sessionCookieSource(HttpServerExchange exchange) {
        return next.sessionCookieSource(exchange);
    }

    @Override
    public String rewriteUrl(String originalUrl, String sessionId) {
        return next.rewriteUrl(originalUrl, sessionId);
    }
}
