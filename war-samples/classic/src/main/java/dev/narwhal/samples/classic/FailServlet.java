package dev.narwhal.samples.classic;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/** Fails as {@code ?with=} says; which error page answers is up to the descriptor. */
public final class FailServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.getWriter().println("nobody will read this");
        switch (Objects.requireNonNullElse(request.getParameter("with"), "state")) {
            case "state" -> throw new IllegalStateException("the ice is closing in");
            case "argument" -> throw new IllegalArgumentException("no such harbour");
            case "wrapped" -> throw new ServletException(new IllegalStateException("the ice is closing in"));
            case "io" -> throw new IOException("the wire is frozen");
            case "error" -> throw new AssertionError("this can't be");
            case "404" -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
            case "status" -> response.setStatus(HttpServletResponse.SC_CONFLICT);
            default -> response.sendError(HttpServletResponse.SC_CONFLICT, "two captains");
        }
    }
}
