package dev.narwhal.samples.async;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code /timeout?ms=200}: nobody completes the request. {@code by=listener}: its listener answers; {@code by=dispatch}: its
 * listener dispatches to {@code /delayed}; {@code by=nobody}: the container answers, with 500.
 */
@WebServlet(urlPatterns = "/timeout", asyncSupported = true)
public final class Timeout extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        var by = Parameters.text(request, "by", "listener");
        var async = request.startAsync();
        async.setTimeout(Parameters.number(request, "ms", 200));
        async.addListener(new Outcomes.Listener() {
            @Override
            public void onTimeout(AsyncEvent event) throws IOException {
                super.onTimeout(event);
                if (by.equals("listener")) {
                    response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
                    response.setContentType("text/plain;charset=UTF-8");
                    response.getWriter().println("timed out after " + async.getTimeout() + " ms");
                    async.complete();
                } else if (by.equals("dispatch")) {
                    async.dispatch("/delayed");
                }
            }
        });
    }
}
