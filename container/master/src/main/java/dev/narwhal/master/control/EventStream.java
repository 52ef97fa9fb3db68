package dev.narwhal.master.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Server-sent events, as browsers know them: the server as it is, once a second, until whoever listens is gone. */
final class EventStream {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int MOST = 32;

    private final Semaphore places = new Semaphore(MOST);

    /** Begins a stream, by a thread of its own. Returns false if there are too many. */
    boolean begin(Supplier<String> events, Response response, Callback callback) {
        if (!places.tryAcquire()) {
            return false;
        }
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        Thread.ofVirtual().name("events").start(() -> {
            try {
                tell(events, response);
            } catch (IOException e) {
                callback.failed(e); // it is gone
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                callback.failed(e);
            } catch (RuntimeException e) {
                callback.failed(e);
                throw e;
            } finally {
                places.release();
            }
        });
        return true;
    }

    private static void tell(Supplier<String> events, Response response) throws IOException, InterruptedException {
        try (var out = Content.Sink.asOutputStream(response)) {
            while (true) {
                out.write(("data: " + events.get() + "\n\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
                Thread.sleep(INTERVAL);
            }
        }
    }
}
