package dev.narwhal.behaviour.app;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Forwards to its other address, which redirects to the parameter {@code to}. */
@WebServlet({"/redirect/start", "/deep/inside/page"})
public final class RedirectServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (request.getDispatcherType() == DispatcherType.FORWARD) {
            response.sendRedirect(request.getParameter("to"));
        } else {
            request.getRequestDispatcher("/deep/inside/page").forward(request, response);
        }
    }
}
