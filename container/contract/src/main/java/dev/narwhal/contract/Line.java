package dev.narwhal.contract;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One event on the pipe from a child to the master: {@code kind key=value key=value}, the values percent-encoded UTF-8.
 *
 * <pre>
 * failed code=DEPLOY reason=WEB-INF%2Fweb.xml%3A12%3A5%3A+...
 * </pre>
 */
record Line(String kind, Map<String, String> fields) {

    Line {
        fields = Map.copyOf(fields);
    }

    static Line parse(String text) {
        var words = text.strip().split(" ", -1);
        var fields = new LinkedHashMap<String, String>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException(
                        "reading a message of a child process: no '=' in '%s' of '%s'".formatted(words[i], text));
            }
            fields.put(
                    words[i].substring(0, equals),
                    URLDecoder.decode(words[i].substring(equals + 1), StandardCharsets.UTF_8));
        }
        return new Line(words[0], fields);
    }

    String format() {
        var text = new StringBuilder(kind);
        fields.forEach((key, value) ->
                text.append(' ').append(key).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return text.toString();
    }

    String field(String key) {
        return optional(key)
                .orElseThrow(() -> new IllegalArgumentException(
                        "reading a message of a child process: '%s' has no field '%s'".formatted(kind, key)));
    }

    Optional<String> optional(String key) {
        return Optional.ofNullable(fields.get(key));
    }
}
