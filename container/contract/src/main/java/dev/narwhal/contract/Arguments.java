package dev.narwhal.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code key=value} command lines, which both sides write with the specs' {@code toArguments()}. */
record Arguments(List<String> words) {

    List<String> all(String key) {
        var prefix = key + "=";
        return words.stream()
                .filter(word -> word.startsWith(prefix))
                .map(word -> word.substring(prefix.length()))
                .toList();
    }

    Optional<String> optional(String key) {
        return all(key).stream().findFirst();
    }

    String one(String key) {
        return optional(key)
                .orElseThrow(() -> new IllegalArgumentException("reading the command line of a child process: no '"
                        + key + "=' in " + words + ". Children are started by the narwhal master only."));
    }

    /** Splits {@code left=right} at the first {@code =}. */
    static Map.Entry<String, String> pair(String text) {
        int equals = text.indexOf('=');
        return Map.entry(text.substring(0, equals), text.substring(equals + 1));
    }
}
