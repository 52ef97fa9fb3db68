package dev.narwhal.undertow.deploy;

import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.util.CanonicalPathUtils;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * Lets a page that was forwarded to redirect relative to what the client asked for (Servlet 6.1, {@code sendRedirect}), as it does in Tomcat;
 * in Undertow it would be relative to the page, which may be below {@code WEB-INF}. Requests that are not forwarded never come here.
 */
public final class ForwardedRedirects implements Filter {

    private static final String NAME = "narwhal-forwarded-redirects";

    /** For Undertow. */
    public ForwardedRedirects() {}

    /** Before the filters of the application. */
    static void addTo(DeploymentInfo info) {
        info.addFilter(new FilterInfo(NAME, ForwardedRedirects.class).setAsyncSupported(true));
        info.addFilterUrlMapping(NAME, "/*", DispatcherType.FORWARD);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean forwarded = request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI) instanceof String
                && response instanceof HttpServletResponse;
        chain.doFilter(
                request,
                forwarded
                        ? new Redirecting((HttpServletResponse) response, (String)
                                request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI))
                        : response);
    }

    private static final class Redirecting extends HttpServletResponseWrapper {

        private final String directory;

        Redirecting(HttpServletResponse response, String uri) {
            super(response);
            directory = uri.substring(0, uri.lastIndexOf('/') + 1);
        }

        @Override
        public void sendRedirect(String location) throws IOException {
            super.sendRedirect(fromTheClientsView(location));
        }

        @Override
        public void sendRedirect(String location, int status) throws IOException {
            super.sendRedirect(fromTheClientsView(location), status);
        }

        @Override
        public void sendRedirect(String location, boolean clearBuffer) throws IOException {
            super.sendRedirect(fromTheClientsView(location), clearBuffer);
        }

        @Override
        public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
            super.sendRedirect(fromTheClientsView(location), status, clearBuffer);
        }

        /** What has a scheme or starts at the root stays. */
        private String fromTheClientsView(String location) {
            boolean relative = !location.startsWith("/") && !location.matches("[A-Za-z][A-Za-z0-9+.-]*:.*");
            if (!relative) {
                return location;
            }
            int query = location.indexOf('?');
            var path = query < 0 ? location : location.substring(0, query);
            return CanonicalPathUtils.canonicalize(directory + path) + location.substring(path.length());
        }
    }
}
