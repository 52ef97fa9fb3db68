package dev.narwhal.samples.async;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /sse?events=5&every=100}: server-sent events, {@code every} so many milliseconds. */
@WebServlet(urlPatterns = "/sse", asyncSupported = true)
public final class EventStream extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        var events = Parameters.number(request, "events", 5);
        var every = Parameters.number(request, "every", 100);
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        var async = request.startAsync();
        async.setTimeout(0);
        async.addListener(new Outcomes.Listener());
        Background.of(getServletContext()).execute(() -> stream(async, events, every));
    }

    private void stream(AsyncContext async, long events, long every) {
        try {
            var out = async.getResponse().getWriter();
            for (long i = 1; i <= events; i++) {
                Thread.sleep(every);
                out.print("id: " + i + "\ndata: event " + i + " of " + events + "\n\n");
                if (out.checkError()) { // flushes, and finds out that the client has left
                    return;
                }
            }
        } catch (IOException e) {
            log("streaming events", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            async.complete();
        }
    }
}
