package dev.narwhal.undertow.session;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.session.PathParameterSessionConfig;
import io.undertow.server.session.SessionConfig;
import io.undertow.servlet.spec.SessionCookieConfigImpl;
import jakarta.servlet.SessionTrackingMode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a client says which session is its own (Servlet 6.1 §7.1): by a cookie, by the URL, by either of them, or not at all. */
public final class SessionTracking {

    private static final String DEFAULT_COOKIE = "JSESSIONID";
    private static final String DEFAULT_PARAMETER = "jsessionid";

    private SessionTracking() {}

    /**
     * For an application whose sessions are tracked in these ways.
     *
     * @param name of the cookie, whoever has said it
     * @throws IllegalStateException for the tracking mode SSL, which cannot work here
     */
    public static SessionConfig of(Set<SessionTrackingMode> modes, SessionCookieConfigImpl cookie, String name) {
        if (modes.contains(SessionTrackingMode.SSL)) {
            throw new IllegalStateException(
                    "the session tracking mode SSL is not supported: a TLS session belongs to one worker, and"
                            + " with TLS 1.3 to one connection. Use <tracking-mode>COOKIE</tracking-mode>; the cookie is Secure when TLS is used");
        }
        var path = new Path(parameter(name));
        if (!modes.contains(SessionTrackingMode.COOKIE)) {
            return modes.contains(SessionTrackingMode.URL) ? path : Untracked.NONE;
        }
        cookie.setFallback(modes.contains(SessionTrackingMode.URL) ? path : null);
        return new SecureCookies(cookie);
    }

    /** The name of the parameter in URLs: that of the cookie if it was given another (§7.1.3), as it is. */
    public static String parameter(String cookie) {
        return cookie.equals(DEFAULT_COOKIE) ? DEFAULT_PARAMETER : cookie;
    }

    /** Leaves the path that was asked for as it was: what the client has sent does not depend on what becomes of its session. */
    private static final class Path extends PathParameterSessionConfig {

        private Path(String name) {
            super(name);
        }

        @Override
        public void setSessionId(HttpServerExchange exchange, String sessionId) {}

        @Override
        public void clearSession(HttpServerExchange exchange, String sessionId) {}
    }

    /** A session ends with the request that begins it, as far as its client is concerned. */
    private enum Untracked implements SessionConfig {
        NONE;

        @Override
        public void setSessionId(HttpServerExchange exchange, String sessionId) {}

        @Override
        public void clearSession(HttpServerExchange exchange, String sessionId) {}

        @Override
        public @Nullable String findSessionId(HttpServerExchange exchange) {
            return null;
        }

        @Override
        public SessionCookieSource sessionCookieSource(HttpServerExchange exchange) {
            return SessionCookieSource.NONE;
        }

        @Override
        public String rewriteUrl(String originalUrl, String sessionId) {
            return originalUrl;
        }
    }
}
