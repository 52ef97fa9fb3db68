package dev.narwhal.bench.app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/**
 * {@code /session} counts in its session; {@code /session/N} only reads N attributes, which it has set in its first request. Each answer is a
 * number of ten digits.
 */
@WebServlet({SessionServlet.PATH, SessionServlet.PATH + "/*"})
public final class SessionServlet extends HttpServlet {
    public static final String PATH = "/session";
    public static final int ANSWER_BYTES = 11;

    private static final int FIRST = 1_000_000_000;

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var session = request.getSession();
        var attributes = request.getPathInfo();
        int number = attributes == null ? count(session) : read(session, Integer.parseInt(attributes.substring(1)));
        response.setContentType("text/plain");
        response.getWriter().write(FIRST + number + "\n");
    }

    private static int count(HttpSession session) {
        int visits = session.getAttribute("visits") instanceof Integer before ? before + 1 : 1;
        session.setAttribute("visits", visits);
        return visits;
    }

    private static int read(HttpSession session, int attributes) {
        int length = 0;
        for (int i = 0; i < attributes; i++) {
            var name = "attribute" + i;
            if (session.isNew()) {
                session.setAttribute(name, "value ".repeat(10) + i);
            }
            length += session.getAttribute(name) instanceof String value ? value.length() : 0;
        }
        return length;
    }
}
