package dev.narwhal.samples.classic;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;

/** Context, init and request parameters; the descriptor says that requests and responses are UTF-8. */
public final class ParametersServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        var out = response.getWriter();
        out.println("application " + getServletContext().getServletContextName());
        out.println("context harbour = " + getServletContext().getInitParameter("harbour"));
        Collections.list(getInitParameterNames()).stream()
                .sorted()
                .forEach(name -> out.println("init " + name + " = " + getInitParameter(name)));
        Collections.list(request.getParameterNames()).stream()
                .sorted()
                .forEach(name ->
                        out.println("request " + name + " = " + String.join(", ", request.getParameterValues(name))));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        doGet(request, response);
    }
}
