package dev.narwhal.behaviour.socket;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells whether the application has been given a container for WebSockets. */
@WebServlet("/container")
public final class ContainerServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var container = getServletContext().getAttribute("jakarta.websocket.server.ServerContainer");
        response.getWriter().print(container == null ? "none" : "one");
    }
}
