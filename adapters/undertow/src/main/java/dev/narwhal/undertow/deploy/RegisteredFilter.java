package dev.narwhal.undertow.deploy;

import io.undertow.servlet.api.FilterInfo;

/** A filter of an application that has been initialized: it stays as it is (Servlet 6.1, {@code FilterRegistration}). */
final class RegisteredFilter extends FilterInfo {

    private final boolean closed;

    RegisteredFilter(FilterInfo filter) {
        super(filter.getName(), filter.getFilterClass(), filter.getInstanceFactory());
        filter.getInitParams().forEach(this::addInitParam);
        setAsyncSupported(filter.isAsyncSupported());
        closed = true;
    }

    @Override
    public FilterInfo addInitParam(String name, String value) {
        requireOpen();
        return super.addInitParam(name, value);
    }

    @Override
    public FilterInfo setAsyncSupported(boolean asyncSupported) {
        requireOpen();
        return super.setAsyncSupported(asyncSupported);
    }

    private void requireOpen() {
        if (closed) {
            throw StrictDeployment.tooLate("filter", getName());
        }
    }
}
