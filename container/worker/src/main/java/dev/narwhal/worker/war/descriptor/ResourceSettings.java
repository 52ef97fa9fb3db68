package dev.narwhal.worker.war.descriptor;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the settings of a resource under the names that {@code narwhal.toml} has for them; what is not given is left out. */
final class ResourceSettings {

    private static final String ISOLATION = "TRANSACTION_";

    private final Map<String, String> settings = new LinkedHashMap<>();

    ResourceSettings put(String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            settings.put(key, value);
        }
        return this;
    }

    /** A number; zero and less stand for "not given" in descriptors and annotations. */
    ResourceSettings put(String key, long value) {
        return value > 0 ? put(key, Long.toString(value)) : this;
    }

    ResourceSettings millis(String key, long value) {
        return value > 0 ? put(key, value + "ms") : this;
    }

    ResourceSettings seconds(String key, long value) {
        return millis(key, value * 1000);
    }

    /** {@code TRANSACTION_READ_COMMITTED} or {@code READ_COMMITTED}. */
    ResourceSettings isolation(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return this;
        }
        var level = name.startsWith(ISOLATION) ? name.substring(ISOLATION.length()) : name;
        return put("transaction-isolation", level.toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    Map<String, String> map() {
        return settings;
    }
}
