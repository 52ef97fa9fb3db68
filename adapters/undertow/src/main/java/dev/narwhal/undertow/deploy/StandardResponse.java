package dev.narwhal.undertow.deploy;

import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.servlet.spec.HttpServletResponseImpl;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import io.undertow.util.Rfc6265CookieSupport;
import io.undertow.util.StatusCodes;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.invoke.VarHandle;
import java.nio.charset.Charset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The response, where the specification has it otherwise than Undertow. A header without a name, or after the response was
 * committed, is none. After {@code sendError}, and after all the content that was announced (Servlet 6.1 §5.7), it is as good as committed: Undertow
 * would let a redirect take the place of an error. A redirect leaves when the application has returned, and what is written after it is ignored. What
 * {@code null} and {@code reset()} clear is cleared, which Undertow remembers. What an included
 * servlet may not change stays.
 */
final class StandardResponse extends HttpServletResponseWrapper {

    private static final AttachmentKey<StandardResponse> KEY = AttachmentKey.create(StandardResponse.class);

    private static final VarHandle CONTENT_TYPE =
            SharedWriter.field(HttpServletResponseImpl.class, "contentType", String.class);
    private static final VarHandle LOCALE = SharedWriter.field(HttpServletResponseImpl.class, "locale", Locale.class);
    private static final VarHandle FLAGS = SharedWriter.field(HttpServletResponseImpl.class, "flags", int.class);
    /** Undertow's flag for a response that was answered. */
    private static final int DONE = 1 << 1;
    /** Undertow's flag for a response that is answered when the dispatch ends; until then it takes nothing. */
    private static final int HELD = 1 << 3;
    /** Undertow's flag for a response that has all the content that was announced. */
    private static final int COMPLETE = 1 << 4;

    private final HttpServletResponseImpl original;
    private final ServletRequest request;
    private boolean encodingOfLocale;

    /** @param request the one that the response answers */
    private StandardResponse(HttpServletResponseImpl original, ServletRequest request) {
        super(original);
        this.original = original;
        this.request = request;
    }

    /** The one that everything in the application sees that is not given another by a filter or dispatch. */
    static StandardResponse of(ServletRequestContext context) {
        var exchange = context.getExchange();
        var response = exchange.getAttachment(KEY);
        if (response == null) {
            response = new StandardResponse(context.getOriginalResponse(), context.getOriginalRequest());
            exchange.putAttachment(KEY, response);
        }
        return response;
    }

    @Override
    public void setContentType(@Nullable String type) {
        if (type != null) {
            super.setContentType(HeaderText.value(type));
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
        if (has(HELD)) {
            return new PrintWriter(Writer.nullWriter());
        }
        var writer = super.getWriter();
        SharedWriter.share(original);
        return writer;
    }

    private boolean isOpen() {
        return !isCommitted() && !original.isInsideInclude();
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (has(HELD)) {
            return new Discarding();
        }
        StandardOutput.install(original);
        return super.getOutputStream();
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

    /** As in Tomcat, also when nothing more can be said. */
    @Override
    public boolean isCommitted() {
        return super.isCommitted() || has(COMPLETE);
    }

    private boolean has(int flag) {
        return ((int) FLAGS.get(original) & flag) != 0;
    }

    private void mark(int flag) {
        FLAGS.set(original, (int) FLAGS.get(original) | flag);
    }

    private void unmark(int flag) {
        FLAGS.set(original, (int) FLAGS.get(original) & ~flag);
    }

    private void requireOpen(String doing) {
        if (isCommitted()) {
            throw new IllegalStateException(doing + ": the response is committed, or an error was sent.");
        }
    }

    @Override
    public void reset() {
        if (original.isInsideInclude()) {
            return;
        }
        requireOpen("resetting the response");
        super.reset();
        forgetContentType(original);
        super.setCharacterEncoding((String) null);
        encodingOfLocale = false;
        LOCALE.set(original, null);
    }

    @Override
    public void resetBuffer() {
        requireOpen("resetting the buffer of the response");
        super.resetBuffer();
    }

    /** Undertow looks only for what is in the buffer. */
    @Override
    public void setBufferSize(int size) {
        requireOpen("changing the size of the buffer of the response");
        super.setBufferSize(size);
    }

    @Override
    public void setHeader(@Nullable String name, @Nullable String value) {
        if (value == null && "Content-Type".equalsIgnoreCase(name)) {
            setContentType(null);
        } else if (HeaderText.isName(name) && !isCommitted()) {
            super.setHeader(name, value == null ? null : HeaderText.value(value));
        }
    }

    @Override
    public void addHeader(@Nullable String name, @Nullable String value) {
        if (HeaderText.isName(name) && value != null && !isCommitted()) {
            super.addHeader(name, HeaderText.value(value));
        }
    }

    @Override
    public void setDateHeader(@Nullable String name, long date) {
        if (HeaderText.isName(name) && !isCommitted()) {
            super.setDateHeader(name, date);
        }
    }

    @Override
    public void addDateHeader(@Nullable String name, long date) {
        if (HeaderText.isName(name) && !isCommitted()) {
            super.addDateHeader(name, date);
        }
    }

    @Override
    public void setIntHeader(@Nullable String name, int value) {
        if (HeaderText.isName(name) && !isCommitted()) {
            super.setIntHeader(name, value);
        }
    }

    @Override
    public void addIntHeader(@Nullable String name, int value) {
        if (HeaderText.isName(name) && !isCommitted()) {
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

    /** Refuses what cannot be sent, as Tomcat does; Undertow finds that only when the response is committed. */
    @Override
    public void addCookie(Cookie cookie) {
        if (!isOpen()) {
            return;
        }
        try {
            if (cookie.getValue() != null) {
                Rfc6265CookieSupport.validateCookieValue(cookie.getValue());
            }
            if (cookie.getPath() != null) {
                Rfc6265CookieSupport.validatePath(cookie.getPath());
            }
            if (cookie.getDomain() != null) {
                Rfc6265CookieSupport.validateDomain(cookie.getDomain());
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "adding the cookie '" + cookie.getName() + "': " + e.getMessage() + ". Encode it.", e);
        }
        super.addCookie(cookie);
    }

    @Override
    public @Nullable String encodeURL(@Nullable String url) {
        return SessionLinks.encode(url, context());
    }

    @Override
    public @Nullable String encodeRedirectURL(@Nullable String url) {
        return SessionLinks.encode(url, context());
    }

    @Override
    public void sendError(int status) throws IOException {
        sendError(status, StatusCodes.getReason(status));
    }

    /** Outside of a dispatch, which would answer it at its end, {@link StandardAsync} does when the request is completed. */
    @Override
    public void sendError(int status, @Nullable String message) throws IOException {
        var context = context();
        if (original.isInsideInclude()) {
            return;
        }
        var ending = StandardAsync.ending(context);
        if (ending.isPresent()) {
            ending.get().end(status, message);
            return;
        }
        requireOpen("sending the error " + status);
        if (context.isRunningInsideHandler()) {
            super.sendError(status, message);
            return;
        }
        context.setRunningInsideHandler(true);
        try {
            super.sendError(status, message);
        } finally {
            context.setRunningInsideHandler(false);
        }
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        sendRedirect(location, SC_FOUND, true);
    }

    @Override
    public void sendRedirect(String location, int status) throws IOException {
        sendRedirect(location, status, true);
    }

    @Override
    public void sendRedirect(String location, boolean clearBuffer) throws IOException {
        sendRedirect(location, SC_FOUND, clearBuffer);
    }

    @Override
    public void sendRedirect(@Nullable String location, int status, boolean clearBuffer) throws IOException {
        if (original.isInsideInclude()) {
            return;
        }
        requireOpen("redirecting to " + location);
        if (location == null) {
            throw new IllegalArgumentException("redirecting: the location is null.");
        }
        var redirect = new Redirect(original, request);
        if (!context().isRunningInsideHandler()) {
            redirect.send(location, status, clearBuffer);
            return;
        }
        // A client that follows it at once must find what the application does until it returns, in whichever worker;
        // nor does Tomcat send it before.
        mark(DONE);
        try {
            redirect.send(location, status, clearBuffer);
        } finally {
            unmark(DONE);
        }
        mark(HELD);
    }

    /** The application has finished with the dispatch: lets a redirect go, which Undertow sends when the request has ended. */
    void release() {
        if (context().getErrorCode() <= 0) {
            unmark(HELD);
        }
    }

    private ServletRequestContext context() {
        return original.getExchange().getAttachment(ServletRequestContext.ATTACHMENT_KEY);
    }
}
