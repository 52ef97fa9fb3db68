package dev.narwhal.bench.app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /ping} answers one line. */
@WebServlet(PingServlet.PATH)
public final class PingServlet extends HttpServlet {
    public static final String PATH = "/ping";
    public static final String ANSWER = "Hello, world!\n";

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().write(ANSWER);
    }
}
