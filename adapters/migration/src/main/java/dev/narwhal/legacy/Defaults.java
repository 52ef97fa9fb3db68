package dev.narwhal.legacy;

import dev.narwhal.legacy.jakarta.servlet.http.HttpSessionContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** What the removed methods did where nobody had overridden them: wrappers ask what they wrap, the rest calls the successor. */
public final class Defaults {

    private Defaults() {}

    public static void setStatus(HttpServletResponse response, int status, String message) {
        if (response instanceof HttpServletResponseWrapper wrapper) {
            Calls.setStatus((HttpServletResponse) wrapper.getResponse(), status, message);
        } else {
            response.setStatus(status); // HTTP/2 has no reason phrases, and nobody reads those of HTTP/1.1
        }
    }

    public static String encodeUrl(HttpServletResponse response, String url) {
        return response instanceof HttpServletResponseWrapper wrapper
                ? Calls.encodeUrl((HttpServletResponse) wrapper.getResponse(), url)
                : response.encodeURL(url);
    }

    public static String encodeRedirectUrl(HttpServletResponse response, String url) {
        return response instanceof HttpServletResponseWrapper wrapper
                ? Calls.encodeRedirectUrl((HttpServletResponse) wrapper.getResponse(), url)
                : response.encodeRedirectURL(url);
    }

    public static boolean isRequestedSessionIdFromUrl(HttpServletRequest request) {
        return request instanceof HttpServletRequestWrapper wrapper
                ? Calls.isRequestedSessionIdFromUrl((HttpServletRequest) wrapper.getRequest())
                : request.isRequestedSessionIdFromURL();
    }

    public static @Nullable String getRealPath(ServletRequest request, String path) {
        return request instanceof ServletRequestWrapper wrapper
                ? Calls.getRealPath(wrapper.getRequest(), path)
                : request.getServletContext().getRealPath(path);
    }

    public static HttpSessionContext getSessionContext(HttpSession session) {
        return NO_SESSIONS;
    }

    /** As every container has answered since Servlet 2.1: the sessions of others are nobody's business. */
    private static final HttpSessionContext NO_SESSIONS = new HttpSessionContext() {
        @Override
        public @Nullable HttpSession getSession(String id) {
            return null;
        }

        @Override
        public Enumeration<String> getIds() {
            return Collections.emptyEnumeration();
        }
    };

    public static @Nullable Object getValue(HttpSession session, String name) {
        return session.getAttribute(name);
    }

    public static String[] getValueNames(HttpSession session) {
        return Collections.list(session.getAttributeNames()).toArray(new String[0]);
    }

    public static void putValue(HttpSession session, String name, Object value) {
        session.setAttribute(name, value);
    }

    public static void removeValue(HttpSession session, String name) {
        session.removeAttribute(name);
    }

    public static @Nullable Servlet getServlet(ServletContext context, String name) {
        return null;
    }

    public static Enumeration<Servlet> getServlets(ServletContext context) {
        return Collections.emptyEnumeration();
    }

    public static Enumeration<String> getServletNames(ServletContext context) {
        return Collections.emptyEnumeration();
    }

    public static void log(ServletContext context, Exception exception, String message) {
        context.log(message, exception);
    }

    public static @Nullable Servlet getServlet(UnavailableException exception) {
        return null;
    }
}
