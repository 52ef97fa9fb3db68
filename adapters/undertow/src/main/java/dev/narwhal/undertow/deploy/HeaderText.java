package dev.narwhal.undertow.deploy;

import org.jspecify.annotations.Nullable;

/**
 * What may be in a header of a response (RFC 9110 §5.1, §5.5). Undertow writes names as they are, and of a header that does not fit into its buffer the
 * value, too: with a line break in it, there would be another header, or another response.
 */
final class HeaderText {

    private static final String NAME_CHARACTERS = "!#$%&'*+-.^_`|~";

    private HeaderText() {}

    /** Whether a header by this name can be sent. No other header is, as one without a name is none. */
    static boolean isName(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!alphanumeric && NAME_CHARACTERS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The value with blanks for control characters, and question marks for what has no byte of its own, as Tomcat sends them. */
    static String value(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (sent(value.charAt(i)) != value.charAt(i)) {
                return replaced(value);
            }
        }
        return value;
    }

    private static String replaced(String value) {
        var text = new StringBuilder(value.length());
        value.chars().forEach(c -> text.append(sent((char) c)));
        return text.toString();
    }

    private static char sent(char c) {
        if (c > 0xff) {
            return '?';
        }
        return (c < ' ' && c != '\t') || c == 0x7f ? ' ' : c;
    }
}
