package dev.narwhal.undertow.deploy;

import io.undertow.util.CanonicalPathUtils;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The response, where the specification has it otherwise than Undertow. A header without a name is none, and a redirect (Servlet 6.1,
 * {@code sendRedirect}) goes with {@code //host/path} to that host, and from a page that was forwarded to relative to what the client asked for; in
 * Undertow the former stays on this host, and the latter is relative to the page, which may be below {@code WEB-INF}.
 */
final class StandardResponse extends HttpServletResponseWrapper {

    private final ServletRequest request;

    /** @param request the one that the response answers */
    StandardResponse(HttpServletResponse response, ServletRequest request) {
        super(response);
        this.request = request;
    }

    @Override
    public void setHeader(@Nullable String name, @Nullable String value) {
        if (name != null) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(@Nullable String name, @Nullable String value) {
        if (name != null && value != null) {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setDateHeader(@Nullable String name, long date) {
        if (name != null) {
            super.setDateHeader(name, date);
        }
    }

    @Override
    public void addDateHeader(@Nullable String name, long date) {
        if (name != null) {
            super.addDateHeader(name, date);
        }
    }

    @Override
    public void setIntHeader(@Nullable String name, int value) {
        if (name != null) {
            super.setIntHeader(name, value);
        }
    }

    @Override
    public void addIntHeader(@Nullable String name, int value) {
        if (name != null) {
            super.addIntHeader(name, value);
        }
    }

    @Override
    public void setLocale(@Nullable Locale locale) {
        if (locale == null) {
            super.setHeader("Content-Language", null);
        } else {
            super.setLocale(locale);
        }
    }

    /** Refuses, as Tomcat does, what a browser would take for more than a value. */
    @Override
    public void addCookie(Cookie cookie) {
        var value = cookie.getValue();
        if (value != null && value.chars().anyMatch(c -> c == ';' || Character.isISOControl(c))) {
            throw new IllegalArgumentException("adding the cookie '" + cookie.getName()
                    + "': its value has a semicolon or a control character. Encode it.");
        }
        super.addCookie(cookie);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        super.sendRedirect(resolve(location));
    }

    @Override
    public void sendRedirect(String location, int status) throws IOException {
        super.sendRedirect(resolve(location), status);
    }

    @Override
    public void sendRedirect(String location, boolean clearBuffer) throws IOException {
        super.sendRedirect(resolve(location), clearBuffer);
    }

    @Override
    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        super.sendRedirect(resolve(location), status, clearBuffer);
    }

    /** What Undertow makes the right thing of stays: what has a scheme, starts at the root, or is relative and was not forwarded. */
    private String resolve(String location) {
        if (location.startsWith("//")) {
            return request.getScheme() + ":" + location;
        }
        boolean relative = !location.startsWith("/") && !location.matches("[A-Za-z][A-Za-z0-9+.-]*:.*");
        return relative && request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI) instanceof String uri
                ? relativeTo(uri.substring(0, uri.lastIndexOf('/') + 1), location)
                : location;
    }

    private static String relativeTo(String directory, String location) {
        int query = location.indexOf('?');
        var path = query < 0 ? location : location.substring(0, query);
        return CanonicalPathUtils.canonicalize(directory + path) + location.substring(path.length());
    }
}
