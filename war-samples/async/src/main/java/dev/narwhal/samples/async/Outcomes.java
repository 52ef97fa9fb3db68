package dev.narwhal.samples.async;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** {@code /outcomes}: how the asynchronous requests of this worker ended so far, as their listener was told. */
@WebServlet("/outcomes")
public final class Outcomes extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final AtomicLong COMPLETED = new AtomicLong();
    private static final AtomicLong TIMED_OUT = new AtomicLong();
    private static final AtomicLong FAILED = new AtomicLong();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println("completed " + COMPLETED + ", timed out " + TIMED_OUT + ", failed " + FAILED);
    }

    /** A request that timed out or failed completes as well. */
    static class Listener implements AsyncListener {
        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }

        @Override
        public void onComplete(AsyncEvent event) {
            COMPLETED.incrementAndGet();
        }

        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            TIMED_OUT.incrementAndGet();
        }

        @Override
        public void onError(AsyncEvent event) {
            FAILED.incrementAndGet();
        }
    }
}
