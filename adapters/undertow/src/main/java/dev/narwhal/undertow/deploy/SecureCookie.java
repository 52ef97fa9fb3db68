package dev.narwhal.undertow.deploy;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.session.SessionConfig;
import io.undertow.servlet.api.Deployment;

/** As in Tomcat, the session cookie of a request that came by TLS goes back by TLS only, whatever is configured. */
final class SecureCookie implements SessionConfig {

    private final SessionConfig config;
    private final String name;

    SecureCookie(SessionConfig config, Deployment deployment) {
        this.config = config;
        this.name = deployment.getServletContext().getSessionCookieConfig().getName();
    }

    @Override
    public void setSessionId(HttpServerExchange exchange, String sessionId) {
        config.setSessionId(exchange, sessionId);
        secure(exchange);
    }

    @Override
    public void clearSession(HttpServerExchange exchange, String sessionId) {
        config.clearSession(exchange, sessionId);
        secure(exchange);
    }

    private void secure(HttpServerExchange exchange) {
        if (exchange.isSecure()) {
            for (var cookie : exchange.responseCookies()) {
                if (cookie.getName().equals(name)) {
                    cookie.setSecure(true);
                }
            }
        }
    }

    @Override
    public String findSessionId(HttpServerExchange exchange) {
        return config.findSessionId(exchange);
    }

    @Override
    public SessionCookieSource sessionCookieSource(HttpServerExchange exchange) {
        return config.sessionCookieSource(exchange);
    }

    @Override
    public String rewriteUrl(String originalUrl, String sessionId) {
        return config.rewriteUrl(originalUrl, sessionId);
    }
}
