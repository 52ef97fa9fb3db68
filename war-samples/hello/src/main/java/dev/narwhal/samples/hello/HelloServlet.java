package dev.narwhal.samples.hello;

import jakarta.servlet.annotation.WebInitParam;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/** {@code /hello?name=Ada} answers {@code Hello, Ada!} */
@WebServlet(urlPatterns = "/hello", initParams = @WebInitParam(name = "greeting", value = "Hello"))
public final class HelloServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var name = Objects.requireNonNullElse(request.getParameter("name"), "world");
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println(getInitParameter("greeting") + ", " + name + "!");
    }
}
