package dev.narwhal.samples.legacy;

import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Answers with a status and a message. */
public final class StatusServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    @SuppressWarnings("deprecation")
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = Integer.parseInt(request.getParameter("code"));
        var message = request.getParameter("message");
        response.setStatus(status, message);
        response.setContentType("text/plain");
        response.getWriter().println(status + " " + message);
    }
}
