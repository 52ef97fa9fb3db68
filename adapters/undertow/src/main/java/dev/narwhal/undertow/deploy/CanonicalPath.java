package dev.narwhal.undertow.deploy;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;

/**
 * One way to write a path (Servlet 6.1 §3.5.2). Constraints, mappings and files must all look at the same one: {@code //admin/x} is the file
 * {@code admin/x}, and would not be the pattern {@code /admin/*}.
 */
final class CanonicalPath {

    private CanonicalPath() {}

    /**
     * The path without empty segments and dot segments.
     *
     * @param path decoded and without path parameters
     * @param uri the same as the client sent it
     * @return empty when the client may be trying to get around something: the answer is 400
     */
    static Optional<String> of(String path, String uri) {
        if (isPlain(path) && isPlain(uri)) {
            return Optional.of(path);
        }
        return isSuspicious(uri) || path.chars().anyMatch(c -> Character.isISOControl(c) || c == '\\')
                ? Optional.empty()
                : normalize(path);
    }

    /** Nearly every path: there is nothing to think about. */
    private static boolean isPlain(String text) {
        char before = 'x';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean odd = c == '%' || c == ';' || c == '\\' || c < ' ' || c == 0x7f;
            if (odd || (before == '/' && (c == '/' || c == '.'))) {
                return false;
            }
            before = c;
        }
        return true;
    }

    /** What decoding would hide: encoded separators and dots, and parameters that disguise a segment. */
    private static boolean isSuspicious(String uri) {
        var lower = uri.toLowerCase(Locale.ROOT);
        if (lower.contains("%2f") || lower.contains("%5c")) {
            return true;
        }
        var segments = lower.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            int semicolon = segments[i].indexOf(';');
            var name = semicolon < 0 ? segments[i] : segments[i].substring(0, semicolon);
            var decoded = name.replace("%2e", ".");
            boolean dots = decoded.equals(".") || decoded.equals("..");
            boolean disguised = semicolon >= 0 || !decoded.equals(name);
            boolean emptyWithin = name.isEmpty() && semicolon >= 0 && i < segments.length - 1;
            if ((dots && disguised) || emptyWithin) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> normalize(String path) {
        if (!path.startsWith("/")) {
            return Optional.of(path);
        }
        var kept = new ArrayList<String>();
        var segments = path.split("/", -1);
        for (var segment : segments) {
            switch (segment) {
                case "", "." -> {}
                case ".." -> {
                    if (kept.isEmpty()) {
                        return Optional.empty();
                    }
                    kept.removeLast();
                }
                default -> kept.add(segment);
            }
        }
        var last = segments[segments.length - 1];
        boolean directory = last.isEmpty() || last.equals(".") || last.equals("..");
        return Optional.of("/" + String.join("/", kept) + (directory && !kept.isEmpty() ? "/" : ""));
    }
}
