package dev.narwhal.undertow.deploy;

import dev.narwhal.worker.war.SessionConfig;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The server's defaults for the session cookie, by the keys of {@code --session-cookie}, as a {@code <cookie-config>} would have them. */
final class CookieDefaults {

    private CookieDefaults() {}

    /** @param given has been checked */
    static SessionConfig.Cookie of(Map<String, String> given) {
        var attributes = new TreeMap<String, String>();
        text(given, "same-site").ifPresent(mode -> attributes.put("SameSite", mode));
        if (flag(given, "partitioned").orElse(false)) {
            attributes.put("Partitioned", "");
        }
        return new SessionConfig.Cookie(
                text(given, "name"),
                text(given, "domain"),
                text(given, "path"),
                Optional.empty(),
                flag(given, "http-only"),
                flag(given, "secure"),
                text(given, "max-age").map(Integer::valueOf),
                attributes);
    }

    private static Optional<String> text(Map<String, String> given, String key) {
        return Optional.ofNullable(given.get(key));
    }

    private static Optional<Boolean> flag(Map<String, String> given, String key) {
        return text(given, key).map(Boolean::valueOf);
    }
}
