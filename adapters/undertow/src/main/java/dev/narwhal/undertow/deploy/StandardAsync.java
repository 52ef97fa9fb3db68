package dev.narwhal.undertow.deploy;

import io.undertow.servlet.spec.AsyncContextImpl;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

/** Undertow's asynchronous context, which refuses what is too late (the javadoc of {@code AsyncContext}): Undertow would complete what was dispatched. */
final class StandardAsync implements AsyncContext {

    private final AsyncContextImpl context;
    private volatile boolean dispatched;
    private volatile boolean completed;

    StandardAsync(AsyncContextImpl context) {
        this.context = context;
    }

    /** Whether this is about that context of Undertow's. */
    boolean isAbout(AsyncContext other) {
        return context.equals(other);
    }

    private void requireOpen() {
        if (dispatched || completed) {
            throw new IllegalStateException("using an asynchronous context: the request was "
                    + (dispatched ? "dispatched" : "completed") + ". Start another one.");
        }
    }

    @Override
    public ServletRequest getRequest() {
        requireOpen();
        return context.getRequest();
    }

    @Override
    public ServletResponse getResponse() {
        requireOpen();
        return context.getResponse();
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return context.hasOriginalRequestAndResponse();
    }

    @Override
    public void dispatch() {
        requireOpen();
        context.dispatch();
        dispatched = true;
    }

    @Override
    public void dispatch(String path) {
        requireOpen();
        context.dispatch(path);
        dispatched = true;
    }

    @Override
    public void dispatch(ServletContext application, String path) {
        requireOpen();
        context.dispatch(application, path);
        dispatched = true;
    }

    /** The second time, it is ignored: several may find that a request is over. */
    @Override
    public void complete() {
        if (dispatched) {
            requireOpen();
        }
        completed = true;
        context.complete();
    }

    @Override
    public void start(Runnable task) {
        context.start(task);
    }

    @Override
    public void addListener(AsyncListener listener) {
        requireCycle();
        context.addListener(listener);
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
        requireCycle();
        context.addListener(listener, request, response);
    }

    private void requireCycle() {
        if (context.isInitialRequestDone()) {
            requireOpen();
        }
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        return context.createListener(type);
    }

    @Override
    public void setTimeout(long timeout) {
        context.setTimeout(timeout);
    }

    @Override
    public long getTimeout() {
        return context.getTimeout();
    }
}
