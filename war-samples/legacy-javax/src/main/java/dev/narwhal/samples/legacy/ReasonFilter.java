package dev.narwhal.samples.legacy;

import java.io.IOException;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpServletResponseWrapper;

/** Marks every answer with the process that gave it, and with the reason of its status. */
public final class ReasonFilter implements Filter {

    @Override
    public void init(FilterConfig config) {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var http = (HttpServletResponse) response;
        http.setHeader("X-Worker", Long.toString(ProcessHandle.current().pid()));
        chain.doFilter(request, new Reasons(http));
    }

    @Override
    public void destroy() {}

    /** Overrides what Servlet 6 does not have, and calls what it overrides. */
    private static final class Reasons extends HttpServletResponseWrapper {

        Reasons(HttpServletResponse response) {
            super(response);
        }

        @Override
        @SuppressWarnings("deprecation")
        public void setStatus(int status, String message) {
            setHeader("X-Reason", message);
            super.setStatus(status, message);
        }
    }
}
