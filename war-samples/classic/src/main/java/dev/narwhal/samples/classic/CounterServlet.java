package dev.narwhal.samples.classic;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Counts the visits of a session; {@code ?end=true} ends it. */
public final class CounterServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        var session = request.getSession();
        if (Boolean.parseBoolean(request.getParameter("end"))) {
            session.invalidate();
            response.getWriter().println("session ended");
            return;
        }
        var visits = session.getAttribute("visits") instanceof Integer before ? before + 1 : 1;
        session.setAttribute("visits", visits);
        response.getWriter().println("visit " + visits + (session.isNew() ? " of a new session" : ""));
    }
}
