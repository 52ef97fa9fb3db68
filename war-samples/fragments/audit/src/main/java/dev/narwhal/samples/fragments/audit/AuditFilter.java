package dev.narwhal.samples.fragments.audit;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Marks every answer with the worker that gave it, and adds this library to the header {@code X-Filters}. */
public final class AuditFilter implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var answer = (HttpServletResponse) response;
        answer.setHeader("X-Worker", Long.toString(ProcessHandle.current().pid()));
        answer.addHeader("X-Filters", "audit");
        chain.doFilter(request, response);
    }
}
