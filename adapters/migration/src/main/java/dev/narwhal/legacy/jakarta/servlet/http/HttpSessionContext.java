package dev.narwhal.legacy.jakarta.servlet.http;

import jakarta.servlet.http.HttpSession;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** All sessions of an application, of which it has shown none since Servlet 2.1. */
public interface HttpSessionContext {

    @Nullable
    HttpSession getSession(String id);

    Enumeration<String> getIds();
}
