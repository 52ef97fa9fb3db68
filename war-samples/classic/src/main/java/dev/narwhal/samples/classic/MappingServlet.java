package dev.narwhal.samples.classic;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Which of its three patterns matched, and how the path was taken apart. */
public final class MappingServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var mapping = request.getHttpServletMapping();
        response.setContentType("text/plain");
        var out = response.getWriter();
        out.println(mapping.getMappingMatch() + " " + mapping.getPattern() + " value " + mapping.getMatchValue());
        out.println("servlet path " + request.getServletPath() + ", path info " + request.getPathInfo());
    }
}
