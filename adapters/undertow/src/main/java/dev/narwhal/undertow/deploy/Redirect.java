package dev.narwhal.undertow.deploy;

import io.undertow.servlet.spec.HttpServletResponseImpl;
import io.undertow.util.CanonicalPathUtils;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletRequest;
import java.io.IOException;

/**
 * A redirect (Servlet 6.1, {@code sendRedirect}): with {@code //host/path} to that host, and from a page that was forwarded to relative to what the
 * client asked for; in Undertow the former stays on this host, and the latter is relative to the page, which may be below {@code WEB-INF}. A short
 * note takes the place of what was in the buffer.
 */
record Redirect(HttpServletResponseImpl response, ServletRequest request) {

    /** Undertow answers at once, unless it takes the response for answered. */
    void send(String location, int status, boolean clearBuffer) throws IOException {
        var target = HeaderText.value(resolve(location));
        if (clearBuffer && ErrorReport.mayHaveBody(status)) {
            ErrorReport.clear(response);
            response.setContentType("text/html;charset=UTF-8");
            response.getWriter().write(note(location));
        }
        response.sendRedirect(target, status, false);
    }

    /** What Undertow makes the right thing of stays: what has a scheme, starts at the root, or is relative and was not forwarded. */
    private String resolve(String location) {
        if (location.startsWith("//")) {
            return request.getScheme() + ":" + location;
        }
        boolean relative = !location.startsWith("/") && !location.matches("[A-Za-z][A-Za-z0-9+.-]*:.*");
        return relative && request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI) instanceof String uri
                ? relativeTo(uri.substring(0, uri.lastIndexOf('/') + 1), location)
                : location;
    }

    private static String relativeTo(String directory, String location) {
        int query = location.indexOf('?');
        var path = query < 0 ? location : location.substring(0, query);
        return CanonicalPathUtils.canonicalize(directory + path) + location.substring(path.length());
    }

    private static String note(String location) {
        var text = ErrorReport.escape(location);
        return "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"UTF-8\"><title>Redirect</title></head><body><a href=\""
                + text + "\">" + text + "</a></body></html>\n";
    }
}
