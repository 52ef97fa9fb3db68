package dev.narwhal.samples.classic;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What the listeners have seen in this worker. */
public final class EventsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        for (var event : Events.of(getServletContext()).counts().entrySet()) {
            response.getWriter().println(event.getKey() + ": " + event.getValue());
        }
    }
}
