package dev.narwhal.legacy.jakarta.servlet.http;

import dev.narwhal.legacy.QueryStrings;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Hashtable;

/** What servlets used before requests had parameters. */
@SuppressWarnings("JdkObsolete") // Hashtable was its type
public class HttpUtils {

    public HttpUtils() {}

    public static Hashtable<String, String[]> parseQueryString(String text) {
        return QueryStrings.parse(text);
    }

    public static Hashtable<String, String[]> parsePostData(int length, ServletInputStream in) {
        return QueryStrings.read(length, in);
    }

    public static StringBuffer getRequestURL(HttpServletRequest request) {
        return request.getRequestURL();
    }
}
