package dev.narwhal.samples.hello;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Marks every answer with the process that gave it, and counts them: each worker has its own count. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public final class WorkerFilter implements Filter {
    static final String REQUESTS = "requests";

    private final AtomicLong requests = new AtomicLong();

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        request.setAttribute(REQUESTS, requests.incrementAndGet());
        ((HttpServletResponse) response)
                .setHeader("X-Worker", Long.toString(ProcessHandle.current().pid()));
        chain.doFilter(request, response);
    }
}
