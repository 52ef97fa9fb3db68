package dev.narwhal.undertow.deploy;

import jakarta.servlet.Registration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What registrations of servlets and of filters have in common: what they take (Servlet 6.1, {@code Registration} and those below it). */
final class Registrations {

    private Registrations() {}

    static boolean setInitParameter(Registration registration, @Nullable String name, @Nullable String value) {
        return registration.setInitParameter(
                given("name of a parameter", registration.getName(), name),
                given("value of a parameter", registration.getName(), value));
    }

    /** All, or none of them if there is one already or one is null. */
    static Set<String> setInitParameters(Registration registration, Map<String, String> parameters) {
        var conflicts = new TreeSet<String>();
        parameters.forEach((name, value) -> {
            given("value of a parameter", registration.getName(), value);
            if (registration.getInitParameter(given("name of a parameter", registration.getName(), name)) != null) {
                conflicts.add(name);
            }
        });
        if (conflicts.isEmpty()) {
            parameters.forEach(registration::setInitParameter);
        }
        return conflicts;
    }

    static String[] some(String what, String name, String @Nullable [] values) {
        if (values == null || values.length == 0) {
            throw new IllegalArgumentException("changing '%s': not one %s. Give one.".formatted(name, what));
        }
        for (var value : values) {
            given(what, name, value);
        }
        return values;
    }

    static String[] patterns(String name, String @Nullable [] patterns) {
        var given = some("URL pattern", name, patterns);
        for (var pattern : given) {
            if (!pattern.isEmpty() && !pattern.startsWith("/") && !pattern.startsWith("*.")) {
                throw new IllegalArgumentException(
                        "mapping '%s': the URL pattern '%s' is none. Begin it with a slash.".formatted(name, pattern));
            }
        }
        return given;
    }

    static <T> T given(String what, String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("changing '%s': the %s is null. Give one.".formatted(name, what));
        }
        return value;
    }
}
