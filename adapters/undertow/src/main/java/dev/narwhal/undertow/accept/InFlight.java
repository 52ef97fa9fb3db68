package dev.narwhal.undertow.accept;

import io.undertow.server.HttpServerExchange;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A request from its headers to the end of its answer. It begins on the I/O thread, waits for a thread and has it; whoever looks does so from another
 * thread, and sees what was true a moment ago.
 */
public final class InFlight {

    private static final long WAITS = -1;
    /** From here down: refused, after a wait of so much less. */
    private static final long REFUSED = -2;

    private static final AtomicLongFieldUpdater<InFlight> WAITED =
            AtomicLongFieldUpdater.newUpdater(InFlight.class, "waited");

    private final HttpServerExchange exchange;
    private final long begun;
    private volatile long waited = WAITS;
    private volatile boolean handedOver;
    private volatile @Nullable Thread thread;

    /** @param begun {@link System#nanoTime()} */
    public InFlight(HttpServerExchange exchange, long begun) {
        this.exchange = exchange;
        this.begun = begun;
    }

    public HttpServerExchange exchange() {
        return exchange;
    }

    public long begun() {
        return begun;
    }

    /**
     * The current thread takes it up.
     *
     * @return false if it was refused meanwhile, and is no business of this thread's any more
     */
    public boolean threadEnters() {
        WAITED.compareAndSet(this, WAITS, age());
        thread = Thread.currentThread();
        return waited > WAITS;
    }

    /**
     * It is to get no thread.
     *
     * @return false if one has just taken it up
     */
    public boolean refuse() {
        return WAITED.compareAndSet(this, WAITS, REFUSED - age());
    }

    public boolean isRefused() {
        return waited <= REFUSED;
    }

    private long age() {
        return System.nanoTime() - begun;
    }

    /** It is done with it, for now. */
    public void threadLeaves() {
        thread = null;
    }

    /** Another worker has it, or has it no more. */
    public void handedOver(boolean handed) {
        handedOver = handed;
    }

    public boolean isHandedOver() {
        return handedOver;
    }

    /** Whether it waits for its first thread. */
    public boolean waits() {
        return waited == WAITS && !handedOver;
    }

    /** How many nanoseconds it waited for a thread; what never got one has waited all the time. */
    public long waited() {
        long known = waited;
        return known == WAITS ? age() : known <= REFUSED ? REFUSED - known : known;
    }

    /** The thread that took it up, as long as it is in it. */
    public Optional<Thread> thread() {
        return Optional.ofNullable(thread);
    }

    /** Greater each time that something was done for it; 0 while it waits. */
    long moves(long reads) {
        return waited <= WAITS ? 0 : 1 + exchange.getResponseBytesSent() + reads;
    }
}
