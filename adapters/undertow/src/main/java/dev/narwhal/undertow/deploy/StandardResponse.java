package dev.narwhal.undertow.deploy;

import io.undertow.servlet.spec.HttpServletResponseImpl;
import io.undertow.util.CanonicalPathUtils;
import io.undertow.util.Headers;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.invoke.VarHandle;
import java.nio.charset.Charset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The response, where the specification has it otherwise than Undertow. A header without a name, or after the response was
 * committed, is none, and a redirect (Servlet 6.1,
 * {@code sendRedirect}) goes with {@code //host/path} to that host, and from a page that was forwarded to relative to what the client asked for; in
 * Undertow the former stays on this host, and the latter is relative to the page, which may be below {@code WEB-INF}. What {@code null} and
 * {@code reset()} clear is cleared, which Undertow remembers.
 */
final class StandardResponse extends HttpServletResponseWrapper {

    private static final VarHandle CONTENT_TYPE =
            SharedWriter.field(HttpServletResponseImpl.class, "contentType", String.class);
    private static final VarHandle LOCALE = SharedWriter.field(HttpServletResponseImpl.class, "locale", Locale.class);

    private final HttpServletResponseImpl original;
    private final ServletRequest request;
    private boolean encodingOfLocale;

    /** @param request the one that the response answers */
    StandardResponse(HttpServletResponseImpl original, ServletRequest request) {
        super(original);
        this.original = original;
        this.request = request;
    }

    @Override
    public void setContentType(@Nullable String type) {
        if (type != null) {
            super.setContentType(type);
        } else if (isOpen()) {
            forgetContentType(original);
            setCharacterEncoding((String) null);
            original.getExchange().getResponseHeaders().remove(Headers.CONTENT_TYPE);
        }
    }

    /** For a response whose headers are cleared. */
    static void forgetContentType(HttpServletResponseImpl response) {
        CONTENT_TYPE.set(response, null);
    }

    @Override
    public void setCharacterEncoding(@Nullable String encoding) {
        super.setCharacterEncoding(encoding);
        encodingOfLocale = false;
    }

    @Override
    public void setCharacterEncoding(@Nullable Charset encoding) {
        setCharacterEncoding(encoding == null ? null : encoding.name());
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        var writer = super.getWriter();
        SharedWriter.share(original);
        return writer;
    }

    private boolean isOpen() {
        return !isCommitted() && !original.isInsideInclude();
    }

    /** A length below zero is none, as in Tomcat. */
    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        super.setContentLengthLong(Math.max(length, -1));
    }

    @Override
    public void reset() {
        super.reset();
        forgetContentType(original);
        super.setCharacterEncoding((String) null);
        encodingOfLocale = false;
        LOCALE.set(original, null);
    }

    @Override
    public void setHeader(@Nullable String name, @Nullable String value) {
        if (value == null && "Content-Type".equalsIgnoreCase(name)) {
            setContentType(null);
        } else if (name != null && !isCommitted()) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(@Nullable String name, @Nullable String value) {
        if (name != null && value != null && !isCommitted()) {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setDateHeader(@Nullable String name, long date) {
        if (name != null && !isCommitted()) {
            super.setDateHeader(name, date);
        }
    }

    @Override
    public void addDateHeader(@Nullable String name, long date) {
        if (name != null && !isCommitted()) {
            super.addDateHeader(name, date);
        }
    }

    @Override
    public void setIntHeader(@Nullable String name, int value) {
        if (name != null && !isCommitted()) {
            super.setIntHeader(name, value);
        }
    }

    @Override
    public void addIntHeader(@Nullable String name, int value) {
        if (name != null && !isCommitted()) {
            super.addIntHeader(name, value);
        }
    }

    @Override
    public void setLocale(@Nullable Locale locale) {
        if (locale != null) {
            var before = getCharacterEncoding();
            super.setLocale(locale);
            encodingOfLocale |= !before.equals(getCharacterEncoding());
        } else if (isOpen()) {
            super.setHeader("Content-Language", null);
            LOCALE.set(original, null);
            if (encodingOfLocale) {
                setCharacterEncoding((String) null);
            }
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
