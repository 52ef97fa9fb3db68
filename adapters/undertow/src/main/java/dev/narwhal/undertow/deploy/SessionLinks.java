package dev.narwhal.undertow.deploy;

import io.undertow.server.session.SessionConfig;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.util.CanonicalPathUtils;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which links carry the id of the session (Servlet 6.1 §7.1.3): those that lead back into the application, as long as nobody knows whether the
 * client takes cookies. A link to another host or another application never does, not even one that begins with two slashes: whoever has the id has
 * the session.
 */
final class SessionLinks {

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:");
    private static final String SECURE = "https";
    private static final int PORT = 80;
    private static final int SECURE_PORT = 443;

    private final HttpServletRequest request;
    private final String contextPath;
    private final SessionConfig tracking;

    private SessionLinks(HttpServletRequest request, String contextPath, SessionConfig tracking) {
        this.request = request;
        this.contextPath = contextPath;
        this.tracking = tracking;
    }

    /** The link as it is, or with the id of the session of the request that came from the client. */
    static @Nullable String encode(@Nullable String url, ServletRequestContext current) {
        var context = current.getDeployment().getServletContext();
        if (url == null
                || url.isEmpty()
                || !context.getEffectiveSessionTrackingModes().contains(SessionTrackingMode.URL)) {
            return url;
        }
        HttpServletRequest request = current.getOriginalRequest();
        var session = request.getSession(false);
        if (session == null
                || request.isRequestedSessionIdFromCookie()
                || (!request.isRequestedSessionIdFromURL() && !session.isNew())) {
            return url;
        }
        return new SessionLinks(request, context.getContextPath(), context.getSessionConfig())
                .encode(url, session.getId());
    }

    private String encode(String url, String id) {
        var path = pathHere(url);
        return path == null || !isInApplication(path) || url.contains("=" + id) ? url : tracking.rewriteUrl(url, id);
    }

    private boolean isInApplication(String path) {
        var canonical = CanonicalPathUtils.canonicalize(path);
        return canonical.startsWith(contextPath)
                && (canonical.length() == contextPath.length()
                        || "/;".indexOf(canonical.charAt(contextPath.length())) >= 0);
    }

    /** The path that a link leads to on this server; null for one that leads elsewhere, or stays on the page. */
    private @Nullable String pathHere(String url) {
        var scheme = SCHEME.matcher(url);
        if (scheme.lookingAt()) {
            return url.regionMatches(true, 0, request.getScheme() + ":", 0, scheme.end())
                    ? pathOf(url.substring(scheme.end()))
                    : null;
        }
        return pathOf(url);
    }

    private @Nullable String pathOf(String reference) {
        if (reference.startsWith("//")) {
            int end = endOf(reference, 2, "/?#");
            return isThisHost(reference.substring(2, end)) ? absolute(reference.substring(end)) : null;
        }
        return absolute(reference);
    }

    /** As in Tomcat, a reference within the page, or to the page with another query, has no path that could carry the session. */
    private @Nullable String absolute(String reference) {
        var path = withoutQuery(reference);
        if (path.isEmpty()) {
            return null;
        }
        var here = request.getRequestURI();
        return path.startsWith("/") ? path : here.substring(0, here.lastIndexOf('/') + 1) + path;
    }

    private boolean isThisHost(String authority) {
        int colon = authority.lastIndexOf(':') > authority.lastIndexOf(']') ? authority.lastIndexOf(':') : -1;
        var host = colon < 0 ? authority : authority.substring(0, colon);
        var port = colon < 0 ? defaultPort() : authority.substring(colon + 1);
        return host.toLowerCase(Locale.ROOT).equals(request.getServerName().toLowerCase(Locale.ROOT))
                && port.equals(Integer.toString(request.getServerPort()));
    }

    private String defaultPort() {
        return Integer.toString(SECURE.equals(request.getScheme()) ? SECURE_PORT : PORT);
    }

    private static String withoutQuery(String reference) {
        return reference.substring(0, endOf(reference, 0, "?#"));
    }

    private static int endOf(String text, int from, String delimiters) {
        int end = from;
        while (end < text.length() && delimiters.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }
}
