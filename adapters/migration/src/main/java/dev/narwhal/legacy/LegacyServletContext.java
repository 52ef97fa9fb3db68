package dev.narwhal.legacy;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** Added to the application's own contexts. */
public interface LegacyServletContext extends ServletContext {

    default @Nullable Servlet getServlet(String name) {
        return Defaults.getServlet(this, name);
    }

    default Enumeration<Servlet> getServlets() {
        return Defaults.getServlets(this);
    }

    default Enumeration<String> getServletNames() {
        return Defaults.getServletNames(this);
    }

    default void log(Exception exception, String message) {
        Defaults.log(this, exception, message);
    }
}
