package dev.narwhal.samples.classic;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Forwards to {@code /trace}: by path, or by servlet name with {@code ?by=name}. What it wrote before is dropped. */
public final class ForwardServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.getWriter().println("nobody will read this");
        var dispatcher = "name".equals(request.getParameter("by"))
                ? getServletContext().getNamedDispatcher("trace")
                : request.getRequestDispatcher("/trace?cargo=fish");
        dispatcher.forward(request, response);
    }
}
