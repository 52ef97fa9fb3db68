package dev.narwhal.samples.legacy;

import java.io.IOException;
import java.util.TreeMap;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpUtils;

/** Parses the query string by hand. */
@SuppressWarnings("deprecation")
public final class QueryServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        var out = response.getWriter();
        out.println(HttpUtils.getRequestURL(request));
        new TreeMap<>(HttpUtils.parseQueryString(request.getQueryString()))
                .forEach((name, values) -> out.println(name + " = " + String.join(", ", values)));
    }
}
