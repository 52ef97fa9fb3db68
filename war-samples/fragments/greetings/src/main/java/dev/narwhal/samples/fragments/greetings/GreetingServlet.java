package dev.narwhal.samples.fragments.greetings;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /greeting}: declared in the fragment, its language overridden by the application's {@code web.xml}. */
public final class GreetingServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter()
                .println("A greeting in " + getInitParameter("language") + getInitParameter("mark")
                        + " From the library " + getServletContext().getInitParameter("greetings.library"));
    }
}
