package dev.narwhal.worker.war;

import jakarta.servlet.SessionTrackingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How sessions are tracked.
 *
 * @param timeout of an idle session; zero: never. 30 minutes where nothing is declared
 * @param cookie the session cookie
 * @param trackingModes empty: the container's defaults
 */
public record SessionConfig(Duration timeout, Cookie cookie, List<SessionTrackingMode> trackingModes) {

    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(30);

    public SessionConfig {
        trackingModes = List.copyOf(trackingModes);
    }

    /**
     * {@code <cookie-config>}; what is absent is the container's choice.
     *
     * @param maxAge in seconds
     * @param attributes {@code <attribute>}s, such as {@code SameSite}
     */
    public record Cookie(
            Optional<String> name,
            Optional<String> domain,
            Optional<String> path,
            Optional<String> comment,
            Optional<Boolean> httpOnly,
            Optional<Boolean> secure,
            Optional<Integer> maxAge,
            Map<String, String> attributes) {

        public Cookie {
            attributes = Ordered.copyOf(attributes);
        }
    }
}
