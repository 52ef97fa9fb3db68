package dev.narwhal.undertow.deploy;

import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.servlet.spec.HttpServletResponseImpl;
import io.undertow.servlet.spec.RequestDispatcherImpl;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client sees of an error that the application has no page for: status and message. Undertow has such a page, too, but it escapes a message
 * twice.
 */
final class ErrorReport {

    private static final Logger log = LoggerFactory.getLogger(ErrorReport.class);

    private ErrorReport() {}

    /** Answers with what {@code sendError} was told, if it was, unless there is a page for it. */
    static void answer(ServletRequestContext context) throws IOException {
        var exchange = context.getExchange();
        var response = context.getOriginalResponse();
        int status = context.getErrorCode();
        if (status <= 0 || exchange.isResponseStarted() || !mayHaveBody(status)) {
            return;
        }
        var pages = response.getServletContext().getDeployment().getErrorPages();
        if (pages.getErrorLocation(status) != null) {
            return;
        }
        clear(response);
        var message = context.getErrorMessage();
        context.setError(0, null);
        response.setStatus(status);
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter().write(page(status, message));
        response.responseDone();
    }

    /** Answers what a request has thrown, unless there is a page for it, or it is asynchronous: then there may be listeners who answer. */
    static void answerFailure(HttpServerExchange exchange, ServletRequest request, Throwable thrown) {
        var context = exchange.getAttachment(ServletRequestContext.ATTACHMENT_KEY);
        var pages = context.getDeployment().getErrorPages();
        if (exchange.isResponseStarted()
                || request.isAsyncStarted()
                || request.getDispatcherType() == DispatcherType.ASYNC
                || pages.getErrorLocation(thrown) != null) {
            return;
        }
        context.getOriginalResponse().reset();
        context.setError(StatusCodes.INTERNAL_SERVER_ERROR, null);
        try {
            answer(context);
        } catch (IOException e) {
            log.debug("telling a client of an error: {}", e.toString());
        } finally {
            context.setError(0, null);
        }
    }

    /** Whether the application has a page for what a dispatch has thrown, which then has answered. */
    static boolean answer(ServletRequestContext context, Throwable thrown) throws IOException {
        var response = context.getOriginalResponse();
        var location =
                response.getServletContext().getDeployment().getErrorPages().getErrorLocation(thrown);
        if (location == null || context.getExchange().isResponseStarted()) {
            return false;
        }
        int status = context.getErrorCode();
        clear(response);
        context.setError(0, null);
        response.setStatus(status);
        try {
            new RequestDispatcherImpl(location, response.getServletContext())
                    .error(
                            context,
                            context.getServletRequest(),
                            context.getServletResponse(),
                            context.getCurrentServlet()
                                    .getManagedServlet()
                                    .getServletInfo()
                                    .getName(),
                            thrown);
        } catch (ServletException e) {
            throw new IOException(e);
        }
        response.responseDone();
        return true;
    }

    /** Makes room for another body; headers that are not about the one before stay. Also lifts that nothing may be written after {@code sendError}. */
    static void clear(HttpServletResponseImpl response) {
        var headers = response.getExchange().getResponseHeaders();
        var kept = new HeaderMap();
        headers.forEach(values -> kept.putAll(values.getHeaderName(), values));
        response.reset();
        kept.remove(Headers.CONTENT_LENGTH);
        kept.remove(Headers.CONTENT_ENCODING);
        kept.forEach(values -> headers.putAll(values.getHeaderName(), values));
    }

    static boolean mayHaveBody(int status) {
        return status >= StatusCodes.OK
                && status != StatusCodes.NO_CONTENT
                && status != StatusCodes.RESET_CONTENT
                && status != StatusCodes.NOT_MODIFIED;
    }

    private static String page(int status, @Nullable String message) {
        var reason = StatusCodes.getReason(status);
        var title = status + " " + reason;
        var text = message == null || message.equals(reason) ? "" : "<p>" + escape(message) + "</p>";
        return "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"UTF-8\"><title>" + title
                + "</title></head><body><h1>" + title + "</h1>" + text + "</body></html>\n";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
