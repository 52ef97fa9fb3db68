package dev.narwhal.undertow.session;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.session.SessionConfig;
import io.undertow.server.session.SslSessionConfig;
import org.jspecify.annotations.Nullable;

/** Marks the cookie of a session as {@code Secure} when the request came by TLS, as Tomcat does: it is never sent without TLS then. */
public final class SecureCookies implements SessionConfig {

    private final SessionConfig next;

    private SecureCookies(SessionConfig next) {
        this.next = next;
    }

    /**
     * As a {@link io.undertow.servlet.api.SessionConfigWrapper}.
     *
     * @throws IllegalStateException for the tracking mode SSL, which cannot work here
     */
    public static SessionConfig around(SessionConfig config) {
        if (config instanceof SslSessionConfig) {
            throw new IllegalStateException(
                    "the session tracking mode SSL is not supported: a TLS session belongs to one worker, and"
                            + " with TLS 1.3 to one connection. Use <tracking-mode>COOKIE</tracking-mode>; the cookie is Secure when TLS is used");
        }
        return new SecureCookies(config);
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
