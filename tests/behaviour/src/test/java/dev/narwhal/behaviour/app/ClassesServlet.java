package dev.narwhal.behaviour.app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /class?name=} tells where the application sees that class: {@code application}, {@code outside} or {@code nowhere}. */
@WebServlet("/class")
public final class ClassesServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().print(where(request.getParameter("name")));
    }

    private static String where(String name) {
        var loader = Thread.currentThread().getContextClassLoader();
        try {
            var found = Class.forName(name, false, loader).getClassLoader();
            return found != null && found.equals(ClassesServlet.class.getClassLoader()) ? "application" : "outside";
        } catch (ClassNotFoundException e) {
            return "nowhere";
        }
    }
}
