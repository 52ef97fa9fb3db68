package dev.narwhal.undertow;

import dev.narwhal.contract.ScoreboardSlot;
import dev.narwhal.contract.WorkerSpec;
import dev.narwhal.undertow.accept.InFlight;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.xnio.XnioIoThread;

/**
 * Where requests are from their headers until a thread takes them up, if that is to be for so long, or for so many, only. Refuses what is too much, on the
 * I/O thread, which nothing else in a request that waits needs.
 */
final class WaitingRoom {

    private static final Duration MOST_BETWEEN_LOOKS = Duration.ofMillis(100);

    private final WorkerSpec.Queue bounds;
    private final ScoreboardSlot slot;
    private final int permits;
    private final XnioIoThread ioThread;
    private final long betweenLooksMillis;

    /** In the order in which they came, some of which have left; empty when they may wait for as long as it takes. */
    private final Queue<InFlight> waiting = new ConcurrentLinkedQueue<>();

    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicBoolean looking = new AtomicBoolean();

    private WaitingRoom(WorkerSpec spec, ScoreboardSlot slot, XnioIoThread ioThread) {
        this.bounds = spec.limits().queue();
        this.slot = slot;
        this.permits = spec.permits();
        this.ioThread = ioThread;
        this.betweenLooksMillis = Math.clamp(bounds.most().toMillis() / 10, 1, MOST_BETWEEN_LOOKS.toMillis());
    }

    /** Empty when there is no bound. */
    static Optional<WaitingRoom> of(WorkerSpec spec, ScoreboardSlot slot, XnioIoThread ioThread) {
        return spec.limits().queue().isBounded()
                ? Optional.of(new WaitingRoom(spec, slot, ioThread))
                : Optional.empty();
    }

    /** Takes a request in, or answers it: then false. Within the root handler. */
    boolean enters(InFlight request) {
        // Whoever comes while a place is free will not wait, though its thread may need a moment to come.
        if (inside.incrementAndGet() > bounds.length() && slot.inFlight() > permits && request.refuse()) {
            inside.decrementAndGet();
            slot.answers().surplus();
            answer(request.exchange());
            return false;
        }
        if (!bounds.most().isZero()) {
            waiting.add(request);
            if (looking.compareAndSet(false, true)) {
                lookAgain();
            }
        }
        return true;
    }

    /** A thread has taken a request up. Any thread. */
    void left() {
        inside.decrementAndGet();
    }

    private void lookAgain() {
        var _ = ioThread.executeAfter(this::look, betweenLooksMillis, TimeUnit.MILLISECONDS);
    }

    private void look() {
        long now = System.nanoTime();
        for (var first = waiting.peek(); first != null; first = waiting.peek()) {
            if (first.waits() && now - first.begun() < bounds.most().toNanos()) {
                lookAgain();
                return;
            }
            waiting.remove();
            if (first.refuse()) {
                inside.decrementAndGet();
                slot.answers().overdue();
                Connectors.executeRootHandler(this::answer, first.exchange());
            }
        }
        looking.set(false);
        if (!waiting.isEmpty() && looking.compareAndSet(false, true)) {
            lookAgain(); // one has come just before
        }
    }

    private void answer(HttpServerExchange exchange) {
        exchange.setStatusCode(StatusCodes.SERVICE_UNAVAILABLE);
        exchange.getResponseHeaders()
                .put(Headers.RETRY_AFTER, Math.max(1, bounds.most().toSeconds()));
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain;charset=utf-8");
        exchange.getResponseSender()
                .send("503 Service Unavailable: too many requests wait.\n", StandardCharsets.US_ASCII);
    }
}
