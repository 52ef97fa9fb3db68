package dev.narwhal.legacy;

import dev.narwhal.legacy.jakarta.servlet.http.HttpSessionContext;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/** Added to the application's own sessions. */
public interface LegacyHttpSession extends HttpSession {

    default HttpSessionContext getSessionContext() {
        return Defaults.getSessionContext(this);
    }

    default @Nullable Object getValue(String name) {
        return Defaults.getValue(this, name);
    }

    default String[] getValueNames() {
        return Defaults.getValueNames(this);
    }

    default void putValue(String name, Object value) {
        Defaults.putValue(this, name, value);
    }

    default void removeValue(String name) {
        Defaults.removeValue(this, name);
    }
}
