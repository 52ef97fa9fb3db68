package dev.narwhal.samples.crashtest;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Marks every answer with the worker that gave it ({@code X-Worker}, its pid), how many requests were inside the application
 * when this one came, itself included ({@code X-In-Flight}: never more than 1 under {@code sync}), and its thread
 * ({@code X-Thread}: {@code virtual} or {@code platform}).
 */
@WebFilter("/*")
public final class WorkerFilter implements Filter {
    private final AtomicInteger inFlight = new AtomicInteger();

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var answer = (HttpServletResponse) response;
        answer.setHeader("X-Worker", Long.toString(ProcessHandle.current().pid()));
        answer.setHeader("X-In-Flight", Integer.toString(inFlight.incrementAndGet()));
        answer.setHeader("X-Thread", Thread.currentThread().isVirtual() ? "virtual" : "platform");
        try {
            chain.doFilter(request, response);
        } finally {
            inFlight.decrementAndGet();
        }
    }
}
