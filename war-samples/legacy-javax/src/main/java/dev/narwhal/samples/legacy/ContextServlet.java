package dev.narwhal.samples.legacy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Asks the context for the servlets of the application, which it has not told since Servlet 2.1. */
@SuppressWarnings("deprecation")
public final class ContextServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        var context = getServletContext();
        context.log(new IllegalStateException("nothing is wrong"), "an old way to log");
        response.setContentType("text/plain");
        response.getWriter()
                .println("servlet " + context.getServlet("context") + ", "
                        + Collections.list(context.getServlets()).size() + " servlets, "
                        + Collections.list(context.getServletNames()).size() + " names, page "
                        + Path.of(request.getRealPath("/index.html")).getFileName());
    }
}
