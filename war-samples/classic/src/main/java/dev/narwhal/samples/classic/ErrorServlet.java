package dev.narwhal.samples.classic;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The error page: which one it is, and what the container tells it. */
public final class ErrorServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        var out = response.getWriter();
        out.println("error page " + request.getPathInfo());
        out.println("status " + request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE));
        out.println("exception " + request.getAttribute(RequestDispatcher.ERROR_EXCEPTION_TYPE));
        out.println("message " + request.getAttribute(RequestDispatcher.ERROR_MESSAGE));
        out.println("uri " + request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
        out.println("servlet " + request.getAttribute(RequestDispatcher.ERROR_SERVLET_NAME));
        out.println("method " + request.getAttribute(RequestDispatcher.ERROR_METHOD));
        out.println("query " + request.getAttribute(RequestDispatcher.ERROR_QUERY_STRING));
        Trace.of(request).steps().forEach(out::println);
    }
}
