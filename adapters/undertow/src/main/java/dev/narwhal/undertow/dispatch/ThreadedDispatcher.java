package dev.narwhal.undertow.dispatch;

import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.xnio.XnioIoThread;

/**
 * Runs up to {@code --threads} requests at once on platform threads; more wait in a queue, which the accept gate keeps short.
 *
 * <p>Waking a thread costs more than a short request. So a few threads do all the work as long as the queue moves, and stay awake when
 * there is much of it. When a whole {@link #PATIENCE_MILLIS} passes in which nothing was taken from a queue that is not empty, all of them are
 * waiting for something, and their number is doubled. Threads beyond the few end after a moment without work.
 */
final class ThreadedDispatcher implements Dispatcher {

    private static final int FEW = 2;
    private static final long PATIENCE_MILLIS = 1;
    private static final long IDLE_SECONDS = 2;

    private final XnioIoThread ioThread;
    private final int few;
    private final int threads;
    private final ThreadPoolExecutor pool;
    private final AtomicBoolean watching = new AtomicBoolean();

    // Only touched on the I/O thread.
    private long takenBefore;

    ThreadedDispatcher(XnioIoThread ioThread, int threads) {
        this.ioThread = ioThread;
        this.threads = threads;
        this.few = Math.min(threads, Math.max(FEW, Runtime.getRuntime().availableProcessors()));
        var factory = Thread.ofPlatform().name("request-", 1).daemon(true).factory();
        pool = new ThreadPoolExecutor(
                few, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    }

    @Override
    public void dispatch(HttpServerExchange exchange, Route route, HttpHandler next) {
        exchange.dispatch(this::execute, () -> Connectors.executeRootHandler(next, exchange));
    }

    private void execute(Runnable task) {
        pool.execute(task);
        if (!pool.getQueue().isEmpty() && watching.compareAndSet(false, true)) {
            ioThread.execute(this::watch);
        }
    }

    private void watch() {
        takenBefore = taken();
        var _ = ioThread.executeAfter(this::look, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (pool.getQueue().isEmpty()) {
            watching.set(false);
            // From here on new work no longer starts threads; those that are idle end by themselves.
            pool.setCorePoolSize(few);
            if (pool.getQueue().isEmpty() || !watching.compareAndSet(false, true)) {
                return;
            }
        } else if (taken() == takenBefore) {
            pool.setCorePoolSize(Math.min(threads, 2 * pool.getPoolSize()));
        }
        watch();
    }

    /** How many tasks were ever taken from the queue: a thread that has begun one counts, so that a long request is no standstill. */
    private long taken() {
        return pool.getTaskCount() - pool.getQueue().size();
    }

    @Override
    public Executor async() {
        return this::execute;
    }

    @Override
    public void close() {
        pool.shutdown();
    }
}
