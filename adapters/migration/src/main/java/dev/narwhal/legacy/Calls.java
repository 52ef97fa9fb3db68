package dev.narwhal.legacy;

import dev.narwhal.legacy.jakarta.servlet.http.HttpSessionContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** What calls of removed methods become: the object's own method if the application wrote the object's class, or else the default. */
public final class Calls {

    private Calls() {}

    public static void setStatus(HttpServletResponse response, int status, String message) {
        if (response instanceof LegacyHttpServletResponse legacy) {
            legacy.setStatus(status, message);
        } else {
            Defaults.setStatus(response, status, message);
        }
    }

    /** For pages, whose source shows the name and not the parameters. */
    public static void setStatus(HttpServletResponse response, int status) {
        response.setStatus(status);
    }

    public static String encodeUrl(HttpServletResponse response, String url) {
        return response instanceof LegacyHttpServletResponse legacy
                ? legacy.encodeUrl(url)
                : Defaults.encodeUrl(response, url);
    }

    public static String encodeRedirectUrl(HttpServletResponse response, String url) {
        return response instanceof LegacyHttpServletResponse legacy
                ? legacy.encodeRedirectUrl(url)
                : Defaults.encodeRedirectUrl(response, url);
    }

    public static boolean isRequestedSessionIdFromUrl(HttpServletRequest request) {
        return request instanceof LegacyHttpServletRequest legacy
                ? legacy.isRequestedSessionIdFromUrl()
                : Defaults.isRequestedSessionIdFromUrl(request);
    }

    public static @Nullable String getRealPath(ServletRequest request, String path) {
        return request instanceof LegacyServletRequest legacy
                ? legacy.getRealPath(path)
                : Defaults.getRealPath(request, path);
    }

    public static HttpSessionContext getSessionContext(HttpSession session) {
        return session instanceof LegacyHttpSession legacy
                ? legacy.getSessionContext()
                : Defaults.getSessionContext(session);
    }

    public static @Nullable Object getValue(HttpSession session, String name) {
        return session instanceof LegacyHttpSession legacy ? legacy.getValue(name) : Defaults.getValue(session, name);
    }

    public static String[] getValueNames(HttpSession session) {
        return session instanceof LegacyHttpSession legacy ? legacy.getValueNames() : Defaults.getValueNames(session);
    }

    public static void putValue(HttpSession session, String name, Object value) {
        if (session instanceof LegacyHttpSession legacy) {
            legacy.putValue(name, value);
        } else {
            Defaults.putValue(session, name, value);
        }
    }

    public static void removeValue(HttpSession session, String name) {
        if (session instanceof LegacyHttpSession legacy) {
            legacy.removeValue(name);
        } else {
            Defaults.removeValue(session, name);
        }
    }

    public static @Nullable Servlet getServlet(ServletContext context, String name) {
        return context instanceof LegacyServletContext legacy
                ? legacy.getServlet(name)
                : Defaults.getServlet(context, name);
    }

    public static Enumeration<Servlet> getServlets(ServletContext context) {
        return context instanceof LegacyServletContext legacy ? legacy.getServlets() : Defaults.getServlets(context);
    }

    public static Enumeration<String> getServletNames(ServletContext context) {
        return context instanceof LegacyServletContext legacy
                ? legacy.getServletNames()
                : Defaults.getServletNames(context);
    }

    public static void log(ServletContext context, Exception exception, String message) {
        if (context instanceof LegacyServletContext legacy) {
            legacy.log(exception, message);
        } else {
            Defaults.log(context, exception, message);
        }
    }

    public static @Nullable Servlet getServlet(UnavailableException exception) {
        return exception instanceof LegacyUnavailableException legacy ? legacy.getServlet() : null;
    }
}
