package dev.narwhal.behaviour.app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /session?change} tells the id before and after, {@code /session?remember=} keeps a value, without either it recalls. */
@WebServlet("/session")
public final class SessionServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        var session = request.getSession();
        if (request.getParameter("change") != null) {
            response.getWriter().println(session.getId());
            response.getWriter().println(request.changeSessionId());
        } else if (request.getParameter("remember") != null) {
            session.setAttribute("value", request.getParameter("remember"));
        } else {
            response.getWriter().print(session.getAttribute("value"));
        }
    }
}
