package dev.narwhal.legacy;

import org.jspecify.annotations.Nullable;

/** Added to the application's own exceptions of that kind. */
public interface LegacyJspException {

    default @Nullable Throwable getRootCause() {
        return this instanceof Throwable exception ? exception.getCause() : null;
    }
}
