package dev.narwhal.behaviour.app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Takes too long, in every way there is. The path says which. */
@WebServlet(urlPatterns = "/overdue/*", asyncSupported = true)
public final class OverdueServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Object LOCK = new Object();
    private static final int MILLIS = 1500;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            switch (request.getPathInfo()) {
                case "/sleep" -> Thread.sleep(TimeUnit.HOURS.toMillis(1));
                case "/begun" -> {
                    response.getWriter().println("begun");
                    response.flushBuffer();
                    Thread.sleep(TimeUnit.HOURS.toMillis(1));
                }
                case "/quietly" -> quietly(response);
                case "/while", "/reports/all" -> {
                    Thread.sleep(MILLIS);
                    response.getWriter().print("done");
                }
                case "/async" -> wait(request);
                case "/loop" -> loop();
                case "/lock" -> lock();
                case "/deaf" -> sleepOn();
                default -> response.getWriter().print(Thread.currentThread().isInterrupted() ? "interrupted" : "well");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Believes that all went well. */
    private static void quietly(HttpServletResponse response) throws IOException {
        try {
            Thread.sleep(TimeUnit.HOURS.toMillis(1));
        } catch (InterruptedException _) {
            response.getWriter().print("all is well");
        }
    }

    /** No thread is in the request meanwhile. */
    private static void wait(HttpServletRequest request) {
        var async = request.startAsync();
        async.setTimeout(0);
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(MILLIS);
                async.getResponse().getWriter().print("done");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } finally {
                async.complete();
            }
        });
    }

    private static void loop() {
        long turns = 0;
        while (turns >= 0) {
            turns = turns == Long.MAX_VALUE ? 0 : turns + 1;
        }
    }

    private static void lock() throws InterruptedException {
        var taken = new CountDownLatch(1);
        Thread.ofPlatform().daemon().start(() -> {
            synchronized (LOCK) {
                taken.countDown();
                sleepOn();
            }
        });
        taken.await();
        synchronized (LOCK) {
            throw new AssertionError("nobody gives the lock away");
        }
    }

    private static void sleepOn() {
        while (true) {
            try {
                Thread.sleep(TimeUnit.HOURS.toMillis(1));
            } catch (InterruptedException _) {
                // goes on all the same
            }
        }
    }
}
