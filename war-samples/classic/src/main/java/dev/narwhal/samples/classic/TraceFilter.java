package dev.narwhal.samples.classic;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/** Adds its name and the dispatcher type to the trace of the request. */
public final class TraceFilter implements Filter {
    private String name = "";

    @Override
    public void init(FilterConfig config) {
        var note = config.getInitParameter("note");
        name = config.getFilterName() + (note == null ? "" : ", " + note);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Trace.of(request).add(request.getDispatcherType() + " filter " + name);
        chain.doFilter(request, response);
    }
}
