package dev.narwhal.undertow.deploy;

import dev.narwhal.undertow.event.ListenerFailure;
import dev.narwhal.undertow.identity.RequestId;
import dev.narwhal.undertow.security.FormLimit;
import io.undertow.server.RequestTooBigException;
import io.undertow.server.handlers.form.MultiPartParserDefinition.FileTooLargeException;
import io.undertow.server.session.SessionConfig.SessionCookieSource;
import io.undertow.servlet.core.ServletUpgradeListener;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import io.undertow.util.ParameterLimitException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletConnection;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The request, where the specification has it otherwise than Undertow. Wraps Undertow's own, and applications see nothing below it. */
final class StandardRequest extends HttpServletRequestWrapper {

    /** The client's mistake; an application that does not catch it answers with 400 or 413, as in Tomcat. */
    static final class UnreadableParameters extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        private final int status;

        private UnreadableParameters(String message, @Nullable RuntimeException failure, int status) {
            super(message, failure);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    private static final AttachmentKey<StandardRequest> KEY = AttachmentKey.create(StandardRequest.class);

    private static final String FORM = "application/x-www-form-urlencoded";

    /** Asked for to have the body read, whatever is in it. */
    private static final String NO_PARAMETER = "dev.narwhal.none";

    private final ServletRequestContext context;
    private Cookie @Nullable [] cookies;
    private @Nullable ServletInputStream input;
    private boolean measured;
    private boolean reading;

    private StandardRequest(HttpServletRequest request, ServletRequestContext context) {
        super(request);
        this.context = context;
    }

    /** The one that everything in the application sees that is not given another by a filter or dispatch. */
    static StandardRequest of(ServletRequestContext context) {
        var exchange = context.getExchange();
        var request = exchange.getAttachment(KEY);
        if (request == null) {
            request = new StandardRequest(context.getOriginalRequest(), context);
            exchange.putAttachment(KEY, request);
        }
        return request;
    }

    /** The one in logs and in the answer, unless the client chose that. */
    @Override
    public String getRequestId() {
        return RequestId.of(context.getExchange()).map(RequestId::own).orElseGet(super::getRequestId);
    }

    @Override
    public ServletConnection getServletConnection() {
        return new Connection(super.getServletConnection());
    }

    @Override
    public Locale getLocale() {
        return locales().getFirst();
    }

    @Override
    public Enumeration<Locale> getLocales() {
        return Collections.enumeration(locales());
    }

    /** None that says only that any will do; Undertow takes the star for a language. */
    private List<Locale> locales() {
        var locales = Collections.list(super.getLocales());
        locales.removeIf(locale -> locale.getLanguage().isEmpty());
        return locales.isEmpty() ? List.of(Locale.getDefault()) : locales;
    }

    /** How the client has sent the id, whether or not there is such a session; Undertow tells only of those that there are. */
    @Override
    public boolean isRequestedSessionIdFromCookie() {
        return idSource() == SessionCookieSource.COOKIE;
    }

    @Override
    public boolean isRequestedSessionIdFromURL() {
        return idSource() == SessionCookieSource.URL;
    }

    private SessionCookieSource idSource() {
        return context.getDeployment()
                .getServletContext()
                .getSessionConfig()
                .sessionCookieSource(context.getExchange());
    }

    /** A name that no encoding can have is one that is not supported, too. */
    @Override
    public void setCharacterEncoding(String encoding) throws UnsupportedEncodingException {
        try {
            super.setCharacterEncoding(encoding);
        } catch (IllegalCharsetNameException e) {
            throw new UnsupportedEncodingException(encoding);
        }
    }

    /** Without arguments it is the original request and response that go on, whatever filters have made of them. */
    @Override
    public AsyncContext startAsync() {
        var request = context.getServletRequest();
        var response = context.getServletResponse();
        context.setServletRequest(of(context));
        context.setServletResponse(StandardResponse.of(context));
        try {
            return StandardAsync.begin(super.startAsync(), context);
        } finally {
            context.setServletRequest(request);
            context.setServletResponse(response);
        }
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        return StandardAsync.begin(super.startAsync(request, response), context);
    }

    @Override
    public AsyncContext getAsyncContext() {
        return StandardAsync.of(super.getAsyncContext(), context);
    }

    /** None of those that Undertow takes for half of one. */
    @Override
    public Cookie @Nullable [] getCookies() {
        var headers = context.getExchange().getRequestHeaders().get(Headers.COOKIE);
        if (headers == null) {
            return null;
        }
        if (cookies == null) {
            cookies = RequestCookies.parse(headers).toArray(Cookie[]::new);
        }
        return cookies.length == 0 ? null : cookies.clone();
    }

    /** An IPv6 address is in brackets, as in the {@code Host} header that it comes from. */
    @Override
    public String getServerName() {
        var name = super.getServerName();
        return name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name;
    }

    /** Undertow's reader reads from {@link #getInputStream()}. */
    @Override
    public BufferedReader getReader() throws IOException {
        var reader = super.getReader();
        reading = true;
        return reader;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (reading) {
            throw new IllegalStateException("reading the body of a request as bytes: it is read as characters.");
        }
        if (input == null) {
            input = new BlockingInput(super.getInputStream());
        }
        return input;
    }

    /** A body that is not chunked has no trailers. */
    @Override
    public boolean isTrailerFieldsReady() {
        return !context.getExchange().getRequestHeaders().contains(Headers.TRANSFER_ENCODING)
                || super.isTrailerFieldsReady();
    }

    @Override
    public Map<String, String> getTrailerFields() {
        if (!isTrailerFieldsReady()) {
            throw new IllegalStateException("reading the trailers of a request: its body has not been read yet.");
        }
        return super.getTrailerFields();
    }

    /**
     * Whether the body belongs to the parameters if it is a form (§3.1.1): only with POST. Others, such as those that take PUT, read it themselves.
     */
    private boolean mayBeForm() {
        var type = getContentType();
        var method = getAttribute(RequestDispatcher.ERROR_METHOD) instanceof String original ? original : getMethod();
        return method.equals("POST") || type == null || !type.regionMatches(true, 0, FORM, 0, FORM.length());
    }

    private Map<String, Deque<String>> queryParameters() {
        return context.getOriginalRequest().getQueryParameters();
    }

    @Override
    public @Nullable String getParameter(@Nullable String name) {
        if (name == null) {
            return null; // as in Tomcat
        }
        if (mayBeForm()) {
            return parsed(() -> super.getParameter(name));
        }
        var values = queryParameters().get(name);
        return values == null ? null : values.peekFirst();
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        if (mayBeForm()) {
            return parsed(() -> super.getParameterValues(name));
        }
        var values = queryParameters().get(name);
        return values == null ? null : values.toArray(String[]::new);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return mayBeForm()
                ? parsed(super::getParameterNames)
                : Collections.enumeration(queryParameters().keySet());
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        if (mayBeForm()) {
            return Collections.unmodifiableMap(parsed(super::getParameterMap));
        }
        var parameters = new LinkedHashMap<String, String[]>();
        queryParameters().forEach((name, values) -> parameters.put(name, values.toArray(String[]::new)));
        return Collections.unmodifiableMap(parameters);
    }

    private <T extends @Nullable Object> T parsed(Supplier<T> parameters) {
        if (FormLimit.refuses(context.getExchange())) {
            throw new UnreadableParameters(
                    "reading the parameters of a form: it takes more than %d bytes. Raise --max-post-size if it should be taken."
                            .formatted(FormLimit.mostBytes(context.getExchange())),
                    null,
                    HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
        }
        try {
            measure();
            return parameters.get();
        } catch (IllegalStateException e) {
            if (FormLimit.isIn(e, ParameterLimitException.class)) {
                throw new UnreadableParameters(
                        "reading the parameters of a form: it has too many. Raise --max-parameters if they should be taken.",
                        e,
                        HttpServletResponse.SC_BAD_REQUEST);
            }
            throw new UnreadableParameters(
                    String.valueOf(e.getMessage()),
                    e,
                    FormLimit.isIn(e, RequestTooBigException.class)
                            ? HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE
                            : HttpServletResponse.SC_BAD_REQUEST);
        }
    }

    @Override
    public Collection<Part> getParts() throws IOException, ServletException {
        try {
            return super.getParts();
        } catch (IllegalStateException e) {
            throw ofClient(e);
        }
    }

    @Override
    public @Nullable Part getPart(String name) throws IOException, ServletException {
        try {
            return super.getPart(name);
        } catch (IllegalStateException e) {
            throw ofClient(e);
        }
    }

    /** To send more than is allowed is the client's mistake; to allow nothing, the application's. */
    private static IllegalStateException ofClient(IllegalStateException failure) {
        return FormLimit.isIn(failure, RequestTooBigException.class)
                        || FormLimit.isIn(failure, FileTooLargeException.class)
                ? new UnreadableParameters(
                        "reading the parts of a request: there is more than the multipart configuration of the servlet allows.",
                        failure,
                        HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE)
                : failure;
    }

    private void measure() {
        if (measured || getContentType() == null) {
            return;
        }
        super.getParameter(NO_PARAMETER);
        try {
            FormLimit.measure(context.getExchange());
        } catch (IOException | ParameterLimitException e) {
            throw new IllegalStateException(e);
        }
        measured = true;
    }

    /** A handler that cannot be made is the application's mistake, which Undertow does not tell by the exception of the specification. */
    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> type) throws ServletException {
        var exchange = context.getExchange();
        try {
            var handle = context.getDeployment()
                    .getDeploymentInfo()
                    .getClassIntrospecter()
                    .createInstanceFactory(type)
                    .createInstance();
            exchange.upgradeChannel(new ServletUpgradeListener<>(
                    new Upgraded(
                            handle, context.getDeployment().getDeploymentInfo().getClassLoader()),
                    context.getDeployment(),
                    exchange));
            return handle.getInstance();
        } catch (NoSuchMethodException | InstantiationException e) {
            throw new ServletException("making the handler " + type.getName() + " of an upgraded connection", e);
        }
    }

    /** Tells no listener of the end of what was not there (Servlet 6.1, {@code ServletRequestAttributeListener}). */
    @Override
    public void removeAttribute(String name) {
        if (getAttribute(name) != null) {
            ListenerFailure.uncover(() -> super.removeAttribute(name));
        }
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (value == null) {
            removeAttribute(name);
        } else {
            ListenerFailure.uncover(() -> super.setAttribute(name, value));
        }
    }

    @Override
    public String changeSessionId() {
        return ListenerFailure.uncovered(super::changeSessionId);
    }

    @Override
    public HttpSession getSession() {
        return ListenerFailure.uncovered(super::getSession);
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        return ListenerFailure.uncovered(() -> super.getSession(create));
    }

    /** The protocol by its registered name (Servlet 6.1, {@code ServletConnection.getProtocol}), as far as HTTP/1 is spoken here. */
    private record Connection(ServletConnection connection) implements ServletConnection {

        @Override
        public String getConnectionId() {
            return connection.getConnectionId();
        }

        @Override
        public String getProtocol() {
            return connection.getProtocol().toLowerCase(Locale.ROOT);
        }

        @Override
        public String getProtocolConnectionId() {
            return connection.getProtocolConnectionId();
        }

        @Override
        public boolean isSecure() {
            return connection.isSecure();
        }
    }
}
