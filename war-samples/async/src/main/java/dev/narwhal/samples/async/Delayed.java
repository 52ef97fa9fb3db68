package dev.narwhal.samples.async;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Where {@code AsyncContext.dispatch} leads to. */
@WebServlet(urlPatterns = "/delayed", asyncSupported = true)
public final class Delayed extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter()
                .println(request.getDispatcherType() + " dispatch from "
                        + request.getAttribute(AsyncContext.ASYNC_SERVLET_PATH));
    }
}
