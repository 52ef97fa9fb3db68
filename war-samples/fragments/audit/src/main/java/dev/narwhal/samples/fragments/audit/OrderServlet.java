package dev.narwhal.samples.fragments.audit;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /order}: in which order the fragments were merged. */
@WebServlet("/order")
public final class OrderServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println("listeners " + getServletContext().getAttribute("listeners"));
        response.getWriter().println("filters " + String.join(" ", response.getHeaders("X-Filters")));
    }
}
