package dev.narwhal.undertow.deploy;

import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.servlet.spec.AsyncContextImpl;
import io.undertow.util.AttachmentKey;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An asynchronous context whose request and response are those that applications see everywhere else: {@link StandardRequest} and {@link
 * StandardResponse}, where Undertow has its own. What {@code sendError} was told outside of a dispatch is answered when the context is completed, as
 * in Tomcat, or runs into its timeout. What is too late is refused: Undertow would complete what was dispatched.
 */
final class StandardAsync implements AsyncContext {

    private static final AttachmentKey<StandardAsync> KEY = AttachmentKey.create(StandardAsync.class);

    private final AsyncContextImpl undertows;
    private final ServletRequestContext context;
    private final ServletRequest request;
    private final ServletResponse response;
    private volatile boolean dispatched;
    private volatile boolean completed;
    private volatile boolean telling;

    private StandardAsync(AsyncContextImpl undertows, ServletRequestContext context) {
        this.undertows = undertows;
        this.context = context;
        this.request = new StandardRequest(context.getOriginalRequest(), context);
        this.response = new StandardResponse(context.getOriginalResponse(), context.getOriginalRequest());
    }

    /** For a context that has just begun. */
    static AsyncContext begin(AsyncContext undertows, ServletRequestContext context) {
        var async = of(undertows, context);
        undertows.addListener(async.new PendingError());
        return async;
    }

    /** Always the same for the same. */
    static StandardAsync of(AsyncContext undertows, ServletRequestContext context) {
        var exchange = context.getExchange();
        var known = exchange.getAttachment(KEY);
        if (known != null && known.undertows.equals(undertows)) {
            return known;
        }
        var async = new StandardAsync((AsyncContextImpl) undertows, context);
        exchange.putAttachment(KEY, async);
        return async;
    }

    /** A listener that is told of a failed dispatch may still answer it. */
    private void requireOpen() {
        if (completed || (dispatched && !telling)) {
            throw new IllegalStateException("using an asynchronous context: the request was "
                    + (completed ? "completed" : "dispatched") + ". Start another one.");
        }
    }

    /** Listeners are told after the end, and may look, as in Tomcat. */
    private void requireSeen() {
        if (!telling) {
            requireOpen();
        }
    }

    private void requireCycle() {
        if (undertows.isInitialRequestDone()) {
            requireOpen();
        }
    }

    private @Nullable ServletRequest standard(@Nullable ServletRequest any) {
        return context.getOriginalRequest().equals(any) ? request : any;
    }

    private @Nullable ServletResponse standard(@Nullable ServletResponse any) {
        return context.getOriginalResponse().equals(any) ? response : any;
    }

    @Override
    public @Nullable ServletRequest getRequest() {
        requireSeen();
        return standard(undertows.getRequest());
    }

    @Override
    public @Nullable ServletResponse getResponse() {
        requireSeen();
        return standard(undertows.getResponse());
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return undertows.hasOriginalRequestAndResponse();
    }

    @Override
    public void dispatch() {
        requireOpen();
        undertows.dispatch();
        dispatched = true;
    }

    @Override
    public void dispatch(String path) {
        requireOpen();
        undertows.dispatch(path);
        dispatched = true;
    }

    @Override
    public void dispatch(ServletContext target, String path) {
        requireOpen();
        undertows.dispatch(target, path);
        dispatched = true;
    }

    /** The second time, it is ignored: several may find that a request is over. */
    @Override
    public void complete() {
        if (!completed) {
            requireOpen();
        }
        completed = true;
        undertows.complete();
    }

    @Override
    public void start(Runnable task) {
        undertows.start(task);
    }

    @Override
    public void addListener(AsyncListener listener) {
        requireCycle();
        undertows.addListener(new Told(listener));
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest supplied, ServletResponse suppliedResponse) {
        requireCycle();
        undertows.addListener(new Told(listener), supplied, suppliedResponse);
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        return undertows.createListener(type);
    }

    @Override
    public void setTimeout(long millis) {
        undertows.setTimeout(millis);
    }

    @Override
    public long getTimeout() {
        return undertows.getTimeout();
    }

    @FunctionalInterface
    private interface Callback {
        void accept(AsyncEvent event) throws IOException;
    }

    /** Passes events on to an application's listener. */
    private final class Told implements AsyncListener {

        private final AsyncListener listener;

        private Told(AsyncListener listener) {
            this.listener = listener;
        }

        private void tell(Callback callback, AsyncEvent event) throws IOException {
            telling = true;
            try {
                callback.accept(standard(event));
            } finally {
                telling = false;
            }
        }

        private AsyncEvent standard(AsyncEvent event) {
            var async = event.getAsyncContext(); // another one, where that begins
            return new AsyncEvent(
                    undertows.equals(async) ? StandardAsync.this : of(async, context),
                    StandardAsync.this.standard(event.getSuppliedRequest()),
                    StandardAsync.this.standard(event.getSuppliedResponse()),
                    event.getThrowable());
        }

        @Override
        public void onComplete(AsyncEvent event) throws IOException {
            tell(listener::onComplete, event);
        }

        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            tell(listener::onTimeout, event);
        }

        @Override
        public void onError(AsyncEvent event) throws IOException {
            tell(listener::onError, event);
        }

        @Override
        public void onStartAsync(AsyncEvent event) throws IOException {
            tell(listener::onStartAsync, event);
        }
    }

    /** Answers what {@code sendError} was told while no dispatch ran that would do it at its end. */
    private final class PendingError implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) throws IOException {
            var original = context.getOriginalResponse();
            if (context.getErrorCode() <= 0 || !original.isTreatAsCommitted()) {
                return;
            }
            ErrorReport.answer(context);
            if (context.getErrorCode() > 0) { // the application has a page for it
                original.doErrorDispatch(context.getErrorCode(), context.getErrorMessage());
            }
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            if (context.getErrorCode() > 0 && context.getOriginalResponse().isTreatAsCommitted()) {
                undertows.complete();
            }
        }

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
