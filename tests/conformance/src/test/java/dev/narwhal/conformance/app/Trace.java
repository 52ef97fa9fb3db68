package dev.narwhal.conformance.app;

import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/** Notes the names of the filters that a request passes, with the dispatcher type. */
public final class Trace extends HttpFilter {

    static final String ATTRIBUTE = "trace";
    static final String CONTEXT = "trace-context";
    private static final long serialVersionUID = 1;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        note(request, getFilterName());
        request.setAttribute(CONTEXT, getServletContext());
        chain.doFilter(request, response);
    }

    private static void note(ServletRequest request, String name) {
        var before = request.getAttribute(ATTRIBUTE);
        request.setAttribute(
                ATTRIBUTE, (before == null ? "" : before + " ") + request.getDispatcherType() + ":" + name);
    }

    /** A request that a filter has wrapped. */
    static final class Wrapped extends HttpServletRequestWrapper {

        private Wrapped(HttpServletRequest request) {
            super(request);
        }
    }

    /** Wraps request and response, as filters do. */
    public static final class Wrapping extends HttpFilter {

        private static final long serialVersionUID = 1;

        @Override
        public void init(FilterConfig config) throws ServletException {
            super.init(config);
        }

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            note(request, "wrapping");
            chain.doFilter(
                    new Wrapped((HttpServletRequest) request),
                    new HttpServletResponseWrapper((HttpServletResponse) response));
        }
    }
}
