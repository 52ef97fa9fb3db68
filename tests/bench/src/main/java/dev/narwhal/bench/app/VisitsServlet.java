package dev.narwhal.bench.app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /visits} counts in its session. */
@WebServlet(VisitsServlet.PATH)
public final class VisitsServlet extends HttpServlet {
    public static final String PATH = "/visits";

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var session = request.getSession();
        int visits = session.getAttribute("visits") instanceof Integer before ? before + 1 : 1;
        session.setAttribute("visits", visits);
        response.setContentType("text/plain");
        response.getWriter().println(visits);
    }
}
