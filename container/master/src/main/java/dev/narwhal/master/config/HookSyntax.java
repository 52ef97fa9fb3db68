package dev.narwhal.master.config;

import java.util.List;
import java.util.Map;

/** {@code on-EVENT=COMMAND}: what is run when something happens to the server. */
final class HookSyntax {

    /** What can happen, in the order of a life. */
    static final List<String> KEYS = List.of(
            "on-started",
            "on-ready",
            "on-worker-ready",
            "on-worker-exited",
            "on-reload-ok",
            "on-reload-failed",
            "on-stopping");

    private HookSyntax() {}

    static Syntax<Map.Entry<String, String>> of() {
        return new Syntax<>(
                "on-EVENT=COMMAND, with one of " + String.join(", ", KEYS),
                HookSyntax::parse,
                entry -> entry.getKey() + "=" + entry.getValue());
    }

    private static Map.Entry<String, String> parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || text.substring(equals + 1).isBlank()) {
            throw new BadValueException("'" + text + "' is not on-EVENT=COMMAND.");
        }
        var key = text.substring(0, equals).strip();
        if (!KEYS.contains(key)) {
            throw new BadValueException("'" + key + "' is no event. Events are " + String.join(", ", KEYS) + "."
                    + Suggestion.of(key, KEYS));
        }
        return Map.entry(key, text.substring(equals + 1).strip());
    }
}
