package dev.narwhal.conformance.app;

import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;

/** Fails as {@code with} says. */
public final class Fail extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setContentType("text/html");
        response.setHeader("X-Before", "error");
        response.getWriter().print("discarded");
        switch (request.getParameter("with")) {
            case "io" -> throw new FileNotFoundException("no fish");
            case "state" -> throw new IllegalStateException("wrong tide");
            case "wrapped" -> throw new ServletException(new ServletException(new IllegalStateException("wrapped")));
            case "exact" -> throw new ServletException("exact", new IllegalArgumentException("inside"));
            case "unmapped" -> throw new ServletException("plain");
            case "unavailable" -> throw new UnavailableException("closed", 60);
            case "gone" -> throw new UnavailableException("gone for good");
            case "late" -> {
                response.flushBuffer();
                throw new IllegalStateException("late");
            }
            case "error" -> throw new AssertionError("thrown");
            case "async" -> {
                request.startAsync();
                throw new IllegalStateException("async");
            }
            case "committed" -> {
                response.flushBuffer();
                try {
                    response.sendError(404);
                } catch (IllegalStateException e) {
                    response.getWriter().print(" refused");
                }
            }
            default -> {
                int status = Integer.parseInt(request.getParameter("with"));
                if (request.getParameter("set") != null) {
                    response.setStatus(status);
                } else {
                    var message = request.getParameter("message");
                    response.sendError(status, message == null ? "as asked" : message);
                    response.getWriter().print("ignored");
                }
            }
        }
    }
}
