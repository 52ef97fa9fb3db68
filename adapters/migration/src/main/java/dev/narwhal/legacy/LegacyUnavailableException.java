package dev.narwhal.legacy;

import jakarta.servlet.Servlet;
import org.jspecify.annotations.Nullable;

/** Added to the application's own exceptions of that kind. */
public interface LegacyUnavailableException {

    default @Nullable Servlet getServlet() {
        return null;
    }
}
