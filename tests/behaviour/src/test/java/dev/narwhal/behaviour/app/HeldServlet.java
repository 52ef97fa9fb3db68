package dev.narwhal.behaviour.app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Holds a request until a file exists that it names; one that names none is answered at once. */
@WebServlet("/held")
public final class HeldServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int MILLIS = 20;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var file = request.getParameter("until");
        try {
            while (file != null && !Files.exists(Path.of(file))) {
                Thread.sleep(MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        response.getWriter().print("done");
    }
}
