package dev.narwhal.legacy;

import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/** Added to the application's own requests. */
public interface LegacyServletRequest extends ServletRequest {

    default @Nullable String getRealPath(String path) {
        return Defaults.getRealPath(this, path);
    }
}
