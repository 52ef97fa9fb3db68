package dev.narwhal.samples.classic;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Marks every answer with the worker that gave it; error pages too, since an exception clears the headers. */
public final class WorkerFilter implements Filter {
    @Override
    public void init(FilterConfig config) {
        Startup.of(config.getServletContext()).add("filter " + config.getFilterName());
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ((HttpServletResponse) response)
                .setHeader("X-Worker", Long.toString(ProcessHandle.current().pid()));
        chain.doFilter(request, response);
    }
}
