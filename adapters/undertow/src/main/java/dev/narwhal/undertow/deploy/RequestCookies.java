package dev.narwhal.undertow.deploy;

import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The cookies of a request as RFC 6265 and Tomcat have them: whatever is no pair of a name and a value is left out, and the others stay. Undertow
 * ends values at characters such as {@code @} and {@code ?}, which earlier standards kept for themselves.
 */
final class RequestCookies {

    private static final String NO_NAME = "()<>@,;:\\\"/[]?={}";

    private RequestCookies() {}

    /** @param headers the values of all {@code Cookie} headers */
    static List<Cookie> parse(List<String> headers) {
        var cookies = new ArrayList<Cookie>();
        for (var header : headers) {
            for (var pair : header.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    add(
                            cookies,
                            pair.substring(0, equals).strip(),
                            pair.substring(equals + 1).strip());
                }
            }
        }
        return cookies;
    }

    private static void add(List<Cookie> cookies, String name, String value) {
        if (isName(name) && isValue(value)) {
            try {
                cookies.add(new Cookie(name, decoded(value)));
            } catch (IllegalArgumentException _) {
                // a name that the API knows to be none
            }
        }
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c < 0x7f && NO_NAME.indexOf(c) < 0);
    }

    /** Quotes around a value belong to it. */
    private static boolean isValue(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        var octets = quoted ? value.substring(1, value.length() - 1) : value;
        return octets.chars().allMatch(c -> c > ' ' && c != '"' && c != ',' && c != '\\' && c != 0x7f);
    }

    /** Headers arrive with a character for each byte. */
    private static String decoded(String value) {
        return value.chars().allMatch(c -> c < 0x80)
                ? value
                : new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
