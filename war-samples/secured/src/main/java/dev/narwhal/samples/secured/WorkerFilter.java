package dev.narwhal.samples.secured;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Marks every answer with the process that gave it. */
@WebFilter("/*")
public final class WorkerFilter implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ((HttpServletResponse) response)
                .setHeader("X-Worker", Long.toString(ProcessHandle.current().pid()));
        chain.doFilter(request, response);
    }
}
