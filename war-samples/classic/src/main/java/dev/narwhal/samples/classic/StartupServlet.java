package dev.narwhal.samples.classic;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Declared four times, with different {@code load-on-startup}; answers in which order they were initialized. */
public final class StartupServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    public void init() {
        Startup.of(getServletContext()).add("servlet " + getServletName());
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        for (var step : Startup.of(getServletContext()).steps()) {
            response.getWriter().println(step);
        }
    }
}
