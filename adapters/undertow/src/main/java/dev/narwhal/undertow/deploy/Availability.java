package dev.narwhal.undertow.deploy;

import io.undertow.server.HandlerWrapper;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.api.InstanceFactory;
import io.undertow.servlet.api.InstanceHandle;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.servlet.util.ImmediateInstanceHandle;
import io.undertow.util.AttachmentKey;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.GenericServlet;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Lets a servlet that is unavailable answer as the specification has it (Servlet 6.1 §2.3.3.2): 404 for good, 503 with {@code Retry-After} for a
 * time, and either with its error page. Undertow knows which servlets are unavailable, but sets only the status. A servlet that is not enabled
 * (§14.4), or whose class is missing, is never available.
 */
final class Availability implements HandlerWrapper {

    /** Around a servlet that is never available. */
    private static final HttpHandler NEVER = exchange -> exchange.getAttachment(ServletRequestContext.ATTACHMENT_KEY)
            .getOriginalResponse()
            .sendError(HttpServletResponse.SC_NOT_FOUND);

    private static final AttachmentKey<UnavailableException> FAILURE = AttachmentKey.create(UnavailableException.class);

    private volatile long until = System.nanoTime();

    private Availability() {}

    static void watch(ServletInfo servlet) {
        var availability = new Availability();
        servlet.setInstanceFactory(availability.watching(servlet.getInstanceFactory()));
        servlet.addHandlerChainWrapper(availability);
    }

    /** Keeps a servlet from all requests, and from being initialized, which Undertow does before its handlers. */
    static void disable(ServletInfo servlet) {
        servlet.setInstanceFactory(() -> new ImmediateInstanceHandle<>(new Disabled()));
        servlet.addHandlerChainWrapper(_ -> NEVER);
    }

    /** What is deployed in place of such a servlet. */
    static final class Disabled extends GenericServlet {

        private static final long serialVersionUID = 1L;

        @Override
        public void service(ServletRequest request, ServletResponse response) {
            throw new IllegalStateException("a servlet that is not enabled");
        }
    }

    /** Around the filters, as in Tomcat. */
    @Override
    public HttpHandler wrap(HttpHandler next) {
        return exchange -> {
            var context = exchange.getAttachment(ServletRequestContext.ATTACHMENT_KEY);
            var servlet = context.getCurrentServlet().getManagedServlet();
            boolean included = context.getDispatcherType() == DispatcherType.INCLUDE;
            if (!included && servlet.isPermanentlyUnavailable()) {
                refuse(context, true);
            } else if (!included && (servlet.isTemporarilyUnavailable() || isWaiting())) {
                refuse(context, false);
            } else {
                next.handleRequest(exchange);
                refuseAfterFailure(exchange, context, included);
            }
        };
    }

    /** Undertow forgets a servlet that was temporarily unavailable when the application began. */
    private boolean isWaiting() {
        return until - System.nanoTime() > 0;
    }

    private void refuseAfterFailure(HttpServerExchange exchange, ServletRequestContext context, boolean included)
            throws IOException {
        var failure = exchange.removeAttachment(FAILURE);
        if (failure != null && !included && !context.getOriginalResponse().isCommitted()) {
            refuse(context, failure.isPermanent());
        }
    }

    private void refuse(ServletRequestContext context, boolean permanent) throws IOException {
        var response = (HttpServletResponse) context.getServletResponse();
        if (permanent) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(until - System.nanoTime());
        if (seconds >= 0) {
            response.setHeader("Retry-After", Long.toString(seconds + 1));
        }
        response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }

    private InstanceFactory<Servlet> watching(InstanceFactory<? extends Servlet> factory) {
        return () -> {
            var handle = factory.createInstance();
            return new Watched(new WatchedServlet(handle.getInstance(), this::failed), handle);
        };
    }

    private void failed(UnavailableException failure) {
        if (!failure.isPermanent()) {
            until = System.nanoTime() + TimeUnit.SECONDS.toNanos(failure.getUnavailableSeconds());
        }
        var context = ServletRequestContext.current();
        if (context != null) { // null: at the start of the application
            context.getExchange().putAttachment(FAILURE, failure);
        }
    }

    private record Watched(Servlet instance, InstanceHandle<? extends Servlet> handle)
            implements InstanceHandle<Servlet> {

        @Override
        public Servlet getInstance() {
            return instance;
        }

        @Override
        public void release() {
            handle.release();
        }
    }
}
