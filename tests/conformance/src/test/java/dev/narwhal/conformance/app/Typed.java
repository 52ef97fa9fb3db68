package dev.narwhal.conformance.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Does to the type, the encoding and the locale of its response what its path says, step by step, and tells in {@code X-Seen} what they are
 * then.
 */
public final class Typed extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        for (var step : request.getPathInfo().substring(1).split("/", -1)) {
            step(step, response);
        }
        response.setHeader(
                "X-Seen",
                response.getContentType() + " " + response.getCharacterEncoding() + " "
                        + response.getLocale().equals(Locale.getDefault()));
        response.getOutputStream().print("typed");
    }

    private static void step(String step, HttpServletResponse response) throws IOException {
        switch (step) {
            case "html" -> response.setContentType("text/html");
            case "html-utf8" -> response.setContentType("text/html;charset=UTF-8");
            case "header" -> response.setHeader("Content-Type", "text/html;charset=UTF-8");
            case "no-header" -> response.setHeader("Content-Type", null);
            case "no-type" -> response.setContentType(null);
            case "utf16" -> response.setCharacterEncoding("UTF-16");
            case "charset" -> response.setCharacterEncoding(StandardCharsets.US_ASCII);
            case "no-encoding" -> response.setCharacterEncoding((String) null);
            case "no-charset" -> response.setCharacterEncoding((Charset) null);
            case "ja" -> response.setLocale(Locale.JAPANESE);
            case "no-locale" -> response.setLocale(null);
            case "reset" -> response.reset();
            case "negative" -> response.setContentLength(-5);
            case "written" -> response.getWriter().flush();
            default -> throw new IllegalArgumentException(step);
        }
    }
}
