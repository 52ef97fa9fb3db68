package dev.narwhal.legacy.jakarta.servlet.http;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Hashtable;

/** What servlets used before requests had parameters, as its documentation has it: one charset, and an exception for what is wrong. */
@SuppressWarnings("JdkObsolete") // Hashtable was its type
public class HttpUtils {

    public HttpUtils() {}

    /**
     * Reads {@code name=value&name=value}.
     *
     * @throws IllegalArgumentException for a part without {@code =}, or a bad escape
     */
    public static Hashtable<String, String[]> parseQueryString(String text) {
        var values = new Hashtable<String, String[]>();
        for (var pair : text.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + pair + "' has no value");
            }
            values.merge(
                    decode(pair.substring(0, equals)),
                    new String[] {decode(pair.substring(equals + 1))},
                    HttpUtils::joined);
        }
        return values;
    }

    private static String[] joined(String[] first, String[] second) {
        var all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.ISO_8859_1);
    }

    /** Reads a form that was posted. */
    public static Hashtable<String, String[]> parsePostData(int length, ServletInputStream in) {
        if (length <= 0) {
            return new Hashtable<>();
        }
        try {
            var bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new IllegalArgumentException("the form has " + bytes.length + " bytes and not " + length);
            }
            return parseQueryString(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    public static StringBuffer getRequestURL(HttpServletRequest request) {
        return request.getRequestURL();
    }
}
