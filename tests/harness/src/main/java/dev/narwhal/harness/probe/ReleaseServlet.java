package dev.narwhal.harness.probe;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code /release}: which release answers. {@code /WEB-INF/release} has its name and, after a blank, which one of so many requests fails; 0: none. */
@WebServlet("/release")
public final class ReleaseServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final AtomicInteger requests = new AtomicInteger();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (var in = getServletContext().getResourceAsStream("/WEB-INF/release")) {
            var words = new String(in.readAllBytes(), StandardCharsets.UTF_8).split(" ", 2);
            int failing = Integer.parseInt(words[1]);
            if (failing > 0 && requests.incrementAndGet() % failing == 0) {
                response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
                return;
            }
            response.setContentType("text/plain");
            response.getWriter().print(words[0]);
        }
    }
}
