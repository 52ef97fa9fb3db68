package dev.narwhal.undertow.dispatch;

import io.undertow.server.HttpServerExchange;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.xnio.XnioIoThread;

/**
 * Runs each request on a virtual thread of its own, up to {@code --max-inflight} at once; more wait in a queue, which the accept gate keeps
 * short.
 */
final class VirtualDispatcher implements Dispatcher {

    private final Optional<VirtualThreads> virtualThreads;
    private final Loop loop;
    private final int permits;
    private final Route asyncTasks = new Route("asynchronous tasks");
    private final XnioIoThread ioThread;
    private final Gathering gathering = new Requests();

    private final Object lock = new Object();
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(); // guarded by lock
    private int running; // guarded by lock

    VirtualDispatcher(XnioIoThread ioThread, Optional<VirtualThreads> virtualThreads, int permits) {
        this.virtualThreads = virtualThreads;
        this.ioThread = ioThread;
        this.loop = new Loop(ioThread);
        this.permits = permits;
    }

    @Override
    public void dispatch(HttpServerExchange exchange, Route route, Runnable work) {
        exchange.dispatch(request -> admit(() -> start(route, request)), work);
    }

    private void admit(Runnable start) {
        synchronized (lock) {
            if (running >= permits) {
                waiting.add(start);
                return;
            }
            running++;
        }
        start.run();
    }

    @Override
    public void ended() {
        Runnable next;
        synchronized (lock) {
            next = waiting.poll();
            if (next == null) {
                running--;
            }
        }
        if (next != null) {
            next.run();
        }
    }

    private void start(Route route, Runnable request) {
        virtualThreads
                .map(threads -> threads.unstarted(new RequestThread(route, loop, threads.defaultScheduler()), request))
                .orElseGet(() ->
                        Thread.ofVirtual().inheritInheritableThreadLocals(false).unstarted(request))
                .start();
    }

    @Override
    public Optional<Gathering> gathering() {
        return Optional.of(gathering);
    }

    private final class Requests implements Gathering {

        private final Route ends = new Route("(the common end of requests)");
        private final Route rests = new Route("(the rest of requests)");

        /** When the I/O thread has read all requests that it found ready. Not on itself: the task may have to wait. */
        @Override
        public void soon(Runnable task) {
            ioThread.execute(() -> start(ends, task));
        }

        @Override
        public void goOn(Runnable rest) {
            start(rests, rest);
        }
    }

    @Override
    public Executor async() {
        return task -> start(asyncTasks, task);
    }

    /** On the scheduler that runs what is not on the loop. */
    @Override
    public void probe(Runnable task) {
        Thread.ofVirtual().name("probe").start(task);
    }

    @Override
    public int queued() {
        return virtualThreads
                .map(VirtualThreads::queued)
                .map(queued -> Math.max(0, queued - 1))
                .orElse(0);
    }

    @Override
    public void close() {
        loop.close();
    }
}
