package dev.narwhal.undertow.deploy;

import dev.narwhal.undertow.deploy.StandardRequest.UnreadableParameters;
import dev.narwhal.undertow.event.ListenerFailure;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletPathMatch;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.servlet.spec.RequestDispatcherImpl;
import io.undertow.servlet.spec.ServletContextImpl;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Undertow tells a servlet about a dispatch and the specification has otherwise. Stands before the filters, for every kind of dispatch.
 */
final class DispatchRules implements HttpHandler {

    private static final List<String> QUERIES = List.of(
            RequestDispatcher.INCLUDE_QUERY_STRING,
            RequestDispatcher.FORWARD_QUERY_STRING,
            AsyncContext.ASYNC_QUERY_STRING);

    /** The classes that wrap what a target has thrown. */
    private static final Set<String> WRAPPING =
            Set.of(RequestDispatcherImpl.class.getName(), ServletContextImpl.class.getName());

    private final HttpHandler next;

    DispatchRules(HttpHandler next) {
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        var context = exchange.getAttachment(ServletRequestContext.ATTACHMENT_KEY);
        var type = context.getDispatcherType();
        var match = context.getServletPathMatch();
        if (match != null && match.getMappingMatch() == MappingMatch.CONTEXT_ROOT && type != DispatcherType.INCLUDE) {
            // §12.2: the servlet path is empty and the path info is a slash
            context.setServletPathMatch(
                    new ServletPathMatch(match.getServletChain(), "", "/", ServletPathMatch.Type.NORMAL, null));
        }
        switch (type) {
            case REQUEST -> {
                if (exchange.getRequestMethod().equals(Methods.HEAD)) {
                    exchange.addResponseWrapper(HeadLength.AT_COMMIT);
                }
                exchange.addResponseWrapper(ResetContent.AT_COMMIT);
                standard(exchange, context);
            }
            case FORWARD -> forward(exchange, context);
            case ASYNC -> {
                omitEmptyQueries(context);
                standard(exchange, context);
            }
            case INCLUDE -> {
                describeInclude(context);
                next.handleRequest(exchange);
            }
            case ERROR -> get(exchange, context);
        }
    }

    private void standard(HttpServerExchange exchange, ServletRequestContext context) throws Exception {
        var request = context.getServletRequest();
        var response = context.getServletResponse();
        if (request == context.getOriginalRequest()) {
            context.setServletRequest(StandardRequest.of(context));
        }
        if (response == context.getOriginalResponse()) {
            context.setServletResponse(StandardResponse.of(context));
        }
        try {
            next.handleRequest(exchange);
            if (context.getDispatcherType() != DispatcherType.ERROR) {
                ErrorReport.answer(context);
            }
            StandardResponse.of(context).release();
        } catch (ServletException e) {
            if (!refused(context, e.getCause())) { // by a page
                throw e;
            }
        } catch (ListenerFailure e) { // of an attribute that Undertow has set
            throw e.thrown();
        } catch (RuntimeException e) {
            var thrown = thrownByTarget(e);
            if (!refused(context, thrown)) {
                throw thrown;
            }
        } finally {
            context.setServletRequest(request);
            context.setServletResponse(response);
        }
    }

    /** Whether a client's mistake, which the application has left to the server, was answered as such. */
    private static boolean refused(ServletRequestContext context, @Nullable Throwable thrown) throws IOException {
        if (thrown instanceof UnreadableParameters unreadable
                && context.getDispatcherType() != DispatcherType.ERROR
                && !context.getOriginalResponse().isCommitted()) {
            context.getOriginalResponse().sendError(unreadable.status());
            return true;
        }
        return false;
    }

    private void forward(HttpServerExchange exchange, ServletRequestContext context) throws Exception {
        var response = context.getOriginalResponse();
        if (response.isCommitted()) { // §9.4; Undertow looks only for what was written
            throw new IllegalStateException("forwarding to " + exchange.getRelativePath()
                    + ": the response is committed. Forward before anything is flushed.");
        }
        omitEmptyQueries(context);
        if (context.getServletResponse() == response) { // FORM's pages, to which nothing of the application forwards
            standard(exchange, context);
            return;
        }
        next.handleRequest(exchange);
        if (context.getServletResponse() instanceof StandardResponse
                && !context.getOriginalRequest().isAsyncStarted()) {
            // As Undertow closes its own responses; wrapped ones it asks for a writer, which sets the encoding.
            response.closeStreamAndWriter();
        }
    }

    /**
     * §9.5: what the target of a dispatch throws reaches the caller, and error pages, as it is. Undertow wraps it once for each dispatch, and whatever
     * it is once more for one to another context.
     */
    static Exception thrownByTarget(RuntimeException failure) {
        Exception thrown = failure;
        while (thrown.getClass() == RuntimeException.class
                && thrown.getCause() instanceof Exception cause
                && thrown.getStackTrace().length > 0
                && WRAPPING.contains(thrown.getStackTrace()[0].getClassName())) {
            thrown = cause;
        }
        return thrown;
    }

    /** Absent rather than empty: §9.3.1, §9.4.2, §9.7.2. */
    private static void omitEmptyQueries(ServletRequestContext context) {
        var request = context.getOriginalRequest();
        for (var name : QUERIES) {
            if ("".equals(request.getAttribute(name))) {
                request.removeAttribute(name);
            }
        }
    }

    /** §9.3.1: the mapping is that of the included servlet. A named dispatcher sets no attributes. */
    private static void describeInclude(ServletRequestContext context) {
        omitEmptyQueries(context);
        var request = context.getOriginalRequest();
        if (!(request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH) instanceof String path)) {
            return;
        }
        var info = request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO);
        var target = context.getCurrentServletContext()
                .getDeployment()
                .getServletPaths()
                .getServletHandlerByPath(info == null ? path : path + info);
        var included = context.getCurrentServlet().getManagedServlet();
        if (included.equals(target.getServletChain().getManagedServlet())) {
            request.setAttribute(RequestDispatcher.INCLUDE_MAPPING, mapping(context, target));
        }
    }

    /** Undertow tells the mapping of a target to the servlet that a request was forwarded to, and to no other. */
    private static HttpServletMapping mapping(ServletRequestContext context, ServletPathMatch target) {
        var match = context.getServletPathMatch();
        context.setServletPathMatch(target);
        context.setDispatcherType(DispatcherType.FORWARD);
        try {
            return context.getOriginalRequest().getHttpServletMapping();
        } finally {
            context.setServletPathMatch(match);
            context.setDispatcherType(DispatcherType.INCLUDE);
        }
    }

    /** §10.9.1: an error page is asked with GET, whatever the request was. HEAD remains, so that no body is sent. */
    private void get(HttpServerExchange exchange, ServletRequestContext context) throws Exception {
        var method = exchange.getRequestMethod();
        if (!method.equals(Methods.HEAD)) {
            exchange.setRequestMethod(Methods.GET);
        }
        if (!exchange.getResponseHeaders().contains(Headers.CONTENT_TYPE)) {
            StandardResponse.forgetContentType(context.getOriginalResponse());
        }
        try {
            standard(exchange, context);
        } finally {
            exchange.setRequestMethod(method);
        }
    }
}
