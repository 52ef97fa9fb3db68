package dev.narwhal.undertow.dispatch;

import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.xnio.XnioIoThread;

/**
 * Runs up to {@code --threads} requests at once on platform threads; more wait in a queue, which the accept gate keeps short.
 *
 * <p>To wake a thread costs more than a quick request does. So a request of a route whose {@link Pace} is quick is left to a thread that is
 * awake, if there is one; any other request wakes a thread at once. {@link #look} puts right what the guess got wrong: as long as anything is in
 * flight, it looks every {@link #PATIENCE} whether something waits that another thread should take.
 */
final class ThreadedDispatcher implements Dispatcher {

    private static final Duration PATIENCE = Duration.ofMillis(1);

    /** So many looks at threads that take nothing are enough; where cores are scarce a thread may wait for one for longer than one look, and more threads do not help. */
    private static final int FRUITLESS = 4;

    private final XnioIoThread ioThread;
    private final int processors = Runtime.getRuntime().availableProcessors();
    private final RequestPool pool;
    private final Pace asyncTasks = new Pace();
    private final Gathering gathering = new Requests();

    // Only touched on the I/O thread.
    private boolean watching;
    private long oldestBefore;
    private int fruitless;

    ThreadedDispatcher(XnioIoThread ioThread, int threads) {
        this.ioThread = ioThread;
        this.pool = new RequestPool(threads);
    }

    @Override
    public void dispatch(HttpServerExchange exchange, Route route, Runnable work) {
        exchange.dispatch(task -> handOver(task, route.pace()), work);
    }

    private void handOver(Runnable task, Pace pace) {
        pool.add(task, pace);
        if (!pace.isQuick() || pool.awake() == 0) {
            pool.wake();
        }
        if (ioThread.equals(Thread.currentThread())) {
            watch();
        } else {
            ioThread.execute(this::watch);
        }
    }

    private void watch() {
        if (!watching) {
            watching = true;
            oldestBefore = System.nanoTime();
            lookAgain();
        }
    }

    private void lookAgain() {
        var _ = ioThread.executeAfter(this::look, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        long now = System.nanoTime();
        long oldest = pool.oldest(now);
        if (now - oldest >= PATIENCE.toNanos()) {
            if (oldest == oldestBefore && ++fruitless >= FRUITLESS) {
                // Nothing was taken from the queue for some time: all threads wait for something.
                for (int more = Math.max(1, pool.awake()); more > 0; more--) {
                    pool.wake();
                }
            } else if (pool.awake() < processors) {
                pool.wake();
            }
        }
        if (oldest != oldestBefore) {
            fruitless = 0;
        }
        oldestBefore = oldest;
        if (pool.awake() > 0 || pool.hasQueued()) {
            lookAgain();
        } else {
            watching = false;
        }
    }

    @Override
    public Optional<Gathering> gathering() {
        return Optional.of(gathering);
    }

    /** All of it on threads that are awake, which {@link #look} watches over. */
    private final class Requests implements Gathering {

        private final Pace tasks = new Pace();

        @Override
        public void soon(Runnable task) {
            pool.addLast(task, tasks);
            wakeOne();
        }

        @Override
        public void goOn(Runnable rest) {
            pool.add(rest, tasks);
            wakeOne();
        }

        private void wakeOne() {
            if (pool.awake() == 0) {
                pool.wake();
            }
        }
    }

    @Override
    public Executor async() {
        return task -> handOver(task, asyncTasks);
    }

    @Override
    public void close() {
        pool.close();
    }
}
