package dev.narwhal.samples.fragments.greetings;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** {@code /greet?name=Ada}: every greeter of the application greets. Registered by {@link GreetingsInitializer}. */
final class GreetServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient List<Greeter> greeters;

    GreetServlet(List<Greeter> greeters) {
        this.greeters = greeters;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var name = Objects.requireNonNullElse(request.getParameter("name"), "world");
        response.setContentType("text/plain;charset=UTF-8");
        for (var greeter : greeters) {
            response.getWriter().println(greeter.greet(name));
        }
    }
}
