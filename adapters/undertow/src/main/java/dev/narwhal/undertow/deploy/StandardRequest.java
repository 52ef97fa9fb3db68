package dev.narwhal.undertow.deploy;

import dev.narwhal.undertow.security.FormLimit;
import io.undertow.server.RequestTooBigException;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.util.ParameterLimitException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletConnection;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Enumeration;
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

    private final ServletRequestContext context;

    StandardRequest(HttpServletRequest request, ServletRequestContext context) {
        super(request);
        this.context = context;
    }

    @Override
    public ServletConnection getServletConnection() {
        return new Connection(super.getServletConnection());
    }

    /** Without arguments it is the original request and response that go on, whatever filters have made of them. */
    @Override
    public AsyncContext startAsync() {
        var request = context.getServletRequest();
        var response = context.getServletResponse();
        context.setServletRequest(context.getOriginalRequest());
        context.setServletResponse(context.getOriginalResponse());
        try {
            return super.startAsync();
        } finally {
            context.setServletRequest(request);
            context.setServletResponse(response);
        }
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        return super.startAsync(
                request instanceof StandardRequest ? context.getOriginalRequest() : request,
                response instanceof StandardResponse ? context.getOriginalResponse() : response);
    }

    @Override
    public @Nullable String getParameter(String name) {
        return parsed(() -> super.getParameter(name));
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return parsed(() -> super.getParameterValues(name));
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return parsed(super::getParameterNames);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return parsed(super::getParameterMap);
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

    /** Tells no listener of the end of what was not there (Servlet 6.1, {@code ServletRequestAttributeListener}). */
    @Override
    public void removeAttribute(String name) {
        if (getAttribute(name) != null) {
            super.removeAttribute(name);
        }
    }

    @Override
    public @Nullable RequestDispatcher getRequestDispatcher(String path) {
        var dispatcher = super.getRequestDispatcher(path);
        return dispatcher == null ? null : new Dispatcher(dispatcher);
    }

    /** Lets the caller see what the target has thrown. */
    private record Dispatcher(RequestDispatcher dispatcher) implements RequestDispatcher {

        @Override
        public void forward(ServletRequest request, ServletResponse response) throws ServletException, IOException {
            try {
                dispatcher.forward(request, response);
            } catch (RuntimeException e) {
                throw DispatchRules.thrownByTarget(e);
            }
        }

        @Override
        public void include(ServletRequest request, ServletResponse response) throws ServletException, IOException {
            try {
                dispatcher.include(request, response);
            } catch (RuntimeException e) {
                throw DispatchRules.thrownByTarget(e);
            }
        }
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
