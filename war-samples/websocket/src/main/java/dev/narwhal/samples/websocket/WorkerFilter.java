package dev.narwhal.samples.websocket;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Marks every answer, handshakes too, with the process that gave it. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public final class WorkerFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ((HttpServletResponse) response)
                .setHeader("X-Worker", Long.toString(ProcessHandle.current().pid()));
        chain.doFilter(request, response);
    }
}
