package dev.narwhal.legacy;

import jakarta.servlet.http.HttpServletRequest;

/** Added to the application's own HTTP requests. */
public interface LegacyHttpServletRequest extends LegacyServletRequest, HttpServletRequest {

    default boolean isRequestedSessionIdFromUrl() {
        return Defaults.isRequestedSessionIdFromUrl(this);
    }
}
