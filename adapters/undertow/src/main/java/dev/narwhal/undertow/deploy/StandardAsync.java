package dev.narwhal.undertow.deploy;

import static jakarta.servlet.http.HttpServletResponse.SC_INTERNAL_SERVER_ERROR;

import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.servlet.spec.AsyncContextImpl;
import io.undertow.util.AttachmentKey;
import io.undertow.util.SameThreadExecutor;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An asynchronous context whose request and response are those that applications see everywhere else: {@link StandardRequest} and {@link
 * StandardResponse}, where Undertow has its own. What {@code sendError} was told outside of a dispatch is answered when the context is completed, as
 * in Tomcat, or runs into its timeout. What is too late is refused: Undertow would complete what was dispatched.
 */
final class StandardAsync implements AsyncContext {

    private static final AttachmentKey<StandardAsync> KEY = AttachmentKey.create(StandardAsync.class);

    private static final VarHandle DISPATCHED = SharedWriter.field(AsyncContextImpl.class, "dispatched", boolean.class);

    private final AsyncContextImpl undertows;
    private final ServletRequestContext context;
    private volatile boolean dispatched;
    private volatile boolean completed;
    private volatile boolean telling;
    private volatile boolean failed;
    private volatile @Nullable Throwable thrown;

    private StandardAsync(AsyncContextImpl undertows, ServletRequestContext context) {
        this.undertows = undertows;
        this.context = context;
    }

    /** For a context that has just begun. */
    static AsyncContext begin(AsyncContext undertows, ServletRequestContext context) {
        var async = of(undertows, context);
        undertows.addListener(async.new PendingError());
        return async;
    }

    /**
     * The context of a request that has failed or taken too long, once its listeners were told: what is sent now has to be answered at once.
     */
    static Optional<StandardAsync> ending(ServletRequestContext context) {
        return Optional.ofNullable(context.getExchange().getAttachment(KEY))
                .filter(async -> async.failed && !async.telling);
    }

    /** Answers with this error, unless a listener has said which it is. */
    void end(int status, @Nullable String message) throws IOException {
        if (context.getErrorCode() <= 0) {
            context.setError(status, message);
        }
        context.getExchange().setStatusCode(context.getErrorCode());
        answer();
    }

    /** Undertow would close the connection, as nothing more can be sent. */
    private void completePending() {
        if (hasPending() && !dispatched && !completed) {
            completed = true;
            undertows.complete();
        }
    }

    private boolean hasPending() {
        return context.getErrorCode() > 0 && context.getOriginalResponse().isTreatAsCommitted();
    }

    private void answer() throws IOException {
        var failure = thrown;
        if (failure != null
                && context.getErrorCode() == SC_INTERNAL_SERVER_ERROR
                && ErrorReport.answer(context, failure)) {
            return;
        }
        ErrorReport.answer(context);
        if (context.getErrorCode() > 0) { // the application has a page for it
            var status = context.getErrorCode();
            var message = context.getErrorMessage();
            context.setError(0, null);
            context.getOriginalResponse().doErrorDispatch(status, message);
        }
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

    private void requireOpen() {
        if (completed || dispatched) {
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

    @Override
    public @Nullable ServletRequest getRequest() {
        requireSeen();
        return undertows.getRequest();
    }

    @Override
    public @Nullable ServletResponse getResponse() {
        requireSeen();
        return undertows.getResponse();
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return undertows.getRequest() instanceof StandardRequest && undertows.getResponse() instanceof StandardResponse;
    }

    @Override
    public void dispatch() {
        dispatch((Runnable) undertows::dispatch);
    }

    @Override
    public void dispatch(String path) {
        dispatch(() -> undertows.dispatch(path));
    }

    @Override
    public void dispatch(ServletContext target, String path) {
        dispatch(() -> undertows.dispatch(target, path));
    }

    private void dispatch(Runnable dispatch) {
        requireOpen();
        if (thrown == null) {
            dispatch.run();
        } else {
            dispatchAgain(dispatch);
        }
        dispatched = true;
        failed = false;
        thrown = null;
    }

    /** Once the dispatch that has failed returns; until then Undertow is to take it for done. */
    private void dispatchAgain(Runnable dispatch) {
        var exchange = context.getExchange();
        DISPATCHED.set(undertows, true);
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> {
            exchange.setDispatchExecutor(null);
            DISPATCHED.set(undertows, false);
            dispatch.run();
        });
    }

    /** The second time, it is ignored: several may find that a request is over. */
    @Override
    public void complete() {
        if (!completed) {
            requireOpen();
        }
        completed = true;
        if (failed && hasPending()) {
            answerOnThisThread();
        }
        undertows.complete();
    }

    /** Once the dispatch that has failed returns, Undertow ends the response. */
    private void answerOnThisThread() {
        try {
            answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
                    event.getSuppliedRequest(),
                    event.getSuppliedResponse(),
                    event.getThrowable());
        }

        @Override
        public void onComplete(AsyncEvent event) throws IOException {
            tell(listener::onComplete, event);
        }

        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            try {
                tell(listener::onTimeout, event);
            } finally {
                completePending();
            }
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

    /** Answers what {@code sendError} was told while no dispatch ran that would do it at its end. The first to be told of anything. */
    private final class PendingError implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) throws IOException {
            if (hasPending()) {
                answer();
            }
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            failed = true;
            completePending();
        }

        @Override
        public void onError(AsyncEvent event) {
            dispatched = false; // a listener may still answer
            failed = true;
            thrown = event.getThrowable();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
