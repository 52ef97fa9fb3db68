package dev.narwhal.samples.classic;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Prints the trace of the request, and where a forward or an include came from. */
public final class TraceServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        var out = response.getWriter();
        Trace.of(request).steps().forEach(out::println);
        out.println(request.getDispatcherType() + " servlet " + getServletName());
        out.println("path " + request.getServletPath() + ", query " + request.getQueryString());
        out.println("forwarded from " + request.getAttribute(RequestDispatcher.FORWARD_SERVLET_PATH));
        out.println("included as " + request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH));
    }
}
