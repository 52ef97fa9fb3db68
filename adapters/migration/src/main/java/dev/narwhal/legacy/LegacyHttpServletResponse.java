package dev.narwhal.legacy;

import jakarta.servlet.http.HttpServletResponse;

/** Added to the application's own responses. */
public interface LegacyHttpServletResponse extends HttpServletResponse {

    default void setStatus(int status, String message) {
        Defaults.setStatus(this, status, message);
    }

    default String encodeUrl(String url) {
        return Defaults.encodeUrl(this, url);
    }

    default String encodeRedirectUrl(String url) {
        return Defaults.encodeRedirectUrl(this, url);
    }
}
