package dev.narwhal.harness.probe;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /environment?name=} and {@code /property?name=}: what the worker process was given. */
@WebServlet({"/environment", "/property"})
public final class EnvironmentServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var name = request.getParameter("name");
        response.setContentType("text/plain");
        response.getWriter()
                .print(request.getServletPath().equals("/property") ? System.getProperty(name) : System.getenv(name));
    }
}
