package dev.narwhal.undertow;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Brings the path of a request into its canonical form, or refuses it (Servlet 6.1 §3.5.2): path parameters are cut off, then each segment is
 * decoded, then empty and dot segments go. What could mean one thing here and another to a proxy or an application is suspicious.
 */
final class RequestPath {

    private final ArrayList<String> segments = new ArrayList<>();
    private boolean afterEmpty;
    private boolean directory;

    private RequestPath() {}

    /** Whether a path as it was sent is canonical already; so are nearly all. */
    static boolean isCanonical(String raw) {
        char before = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%' || c == ';' || c == '\\' || isControl(c) || (before == '/' && (c == '/' || c == '.'))) {
                return false;
            }
            before = c;
        }
        return true;
    }

    /**
     * The canonical form.
     *
     * @param raw the path as it was sent, from its first slash on
     * @return empty if the path is suspicious
     */
    static Optional<String> canonical(String raw) {
        var path = new RequestPath();
        var segments = raw.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            if (!path.add(segments[i], i == segments.length - 1)) {
                return Optional.empty();
            }
        }
        return Optional.of(path.text());
    }

    private boolean add(String raw, boolean isLast) {
        int end = raw.indexOf(';');
        boolean hasParameters = end >= 0;
        var name = hasParameters ? raw.substring(0, end) : raw;
        boolean isEncoded = name.indexOf('%') >= 0;
        var decoded = isEncoded ? decode(name) : Optional.of(name);
        if (decoded.isEmpty() || decoded.get().chars().anyMatch(RequestPath::isSuspicious)) {
            return false;
        }
        directory = false;
        switch (decoded.get()) {
            case "" -> {
                afterEmpty = true;
                directory = true;
                return !hasParameters || isLast; // encodeURL makes "/;jsessionid=..." of a directory
            }
            case "." -> {
                directory = true;
                return !hasParameters && !isEncoded;
            }
            case ".." -> {
                directory = true;
                if (hasParameters || isEncoded || afterEmpty || segments.isEmpty()) {
                    return false;
                }
                segments.removeLast();
            }
            default -> {
                segments.add(decoded.get());
                afterEmpty = false;
            }
        }
        return true;
    }

    private static boolean isSuspicious(int c) {
        return c == '/' || c == '\\' || isControl(c);
    }

    private static boolean isControl(int c) {
        return c < ' ' || c == 0x7f;
    }

    private static Optional<String> decode(String segment) {
        var bytes = ByteBuffer.allocate(segment.length() * 3);
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c != '%') {
                bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            if (i + 2 >= segment.length()) {
                return Optional.empty();
            }
            int high = Character.digit(segment.charAt(i + 1), 16);
            int low = Character.digit(segment.charAt(i + 2), 16);
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            bytes.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private String text() {
        var text = "/" + String.join("/", segments);
        return directory && text.length() > 1 ? text + "/" : text;
    }
}
