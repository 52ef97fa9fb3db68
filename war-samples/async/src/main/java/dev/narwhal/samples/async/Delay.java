package dev.narwhal.samples.async;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code /delay?ms=200} lets the request wait on no thread of the server. {@code by=complete}: another thread answers;
 * {@code by=start}: one that the container gives; {@code by=dispatch}: the container dispatches to {@code /delayed}.
 */
@WebServlet(urlPatterns = "/delay", asyncSupported = true)
public final class Delay extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var millis = Parameters.number(request, "ms", 200);
        var by = Parameters.text(request, "by", "complete");
        switch (by) {
            case "complete" -> {
                var async = start(request);
                Background.of(getServletContext()).execute(() -> after(millis, () -> complete(async, millis)));
            }
            case "start" -> {
                var async = start(request);
                async.start(() -> after(millis, () -> complete(async, millis)));
            }
            case "dispatch" -> {
                var async = start(request);
                Background.of(getServletContext()).execute(() -> after(millis, () -> async.dispatch("/delayed")));
            }
            default -> response.sendError(400, "ending by " + by + ": use complete, start or dispatch");
        }
    }

    private static AsyncContext start(HttpServletRequest request) {
        var async = request.startAsync();
        async.addListener(new Outcomes.Listener());
        return async;
    }

    private static void after(long millis, Runnable action) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        action.run();
    }

    private void complete(AsyncContext async, long millis) {
        try {
            async.getResponse().setContentType("text/plain;charset=UTF-8");
            async.getResponse().getWriter().println("completed after " + millis + " ms");
        } catch (IOException e) {
            log("answering after " + millis + " ms", e);
        } finally {
            async.complete();
        }
    }
}
