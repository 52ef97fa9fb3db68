package dev.narwhal.undertow.dispatch;

import io.undertow.server.HttpServerExchange;
import java.util.ArrayDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.XnioIoThread;

/**
 * Runs one request at a time, inline on the I/O thread: nothing else happens there, not even another read or accept, until the request is
 * over.
 *
 * <p>All requests run on one and the same virtual thread, so thread-locals are kept as on a platform thread. When the request waits,
 * the I/O thread waits with it.
 *
 * <p>Callbacks of upgraded connections have one platform thread: what they send is written by the I/O thread, so they cannot be on it. While one
 * runs, requests and other callbacks wait for their turn. Where a request may send on such connections too, it has the same thread.
 */
final class SyncDispatcher implements Dispatcher {

    private static final Logger log = LoggerFactory.getLogger(SyncDispatcher.class);

    private final XnioIoThread ioThread;
    private final Thread requestThread;
    private final Executor defaultScheduler;
    private final BlockingQueue<Runnable> continuations = new LinkedBlockingQueue<>();
    private final Executor inline = this::execute;

    /** What the JDK submits for the request thread, always the same object; the first submission is that thread's start. */
    private volatile @Nullable Runnable own;

    private volatile Executor requests = inline;

    // Both belong to whoever runs on the I/O thread, and that is either the I/O thread itself or the request thread on
    // top of it.
    private @Nullable Runnable task;
    private boolean running;
    private boolean started;
    private boolean ending;

    private final ExecutorService callbackThread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("callback").daemon(true).factory());

    // Only touched on the I/O thread: whether the callback thread is at work, and who waits for it.
    private boolean calling;
    private final ArrayDeque<Runnable> turns = new ArrayDeque<>();

    SyncDispatcher(XnioIoThread ioThread, VirtualThreads virtualThreads) {
        this.ioThread = ioThread;
        this.defaultScheduler = virtualThreads.defaultScheduler();
        this.requestThread = virtualThreads.unstarted(this::schedule, this::serve);
        requestThread.setName("request");
    }

    @Override
    public void dispatch(HttpServerExchange exchange, Route route, Runnable work) {
        exchange.dispatch(requests, work);
    }

    /** Never within the call: Undertow calls it with locks held that the task needs. */
    @Override
    public Executor async() {
        return task -> ioThread.execute(() -> requests.execute(task));
    }

    @Override
    public Executor callbacks() {
        return this::executeBeside;
    }

    @Override
    public void keepLoopFree() {
        requests = this::executeBeside;
    }

    private void executeBeside(Runnable task) {
        ioThread.execute(() -> {
            turns.add(() -> call(task));
            nextTurns();
        });
    }

    private void call(Runnable callback) {
        calling = true;
        callbackThread.execute(() -> {
            try {
                callback.run();
            } catch (Throwable e) {
                log.error("running a callback of an upgraded connection", e);
            } finally {
                ioThread.execute(this::called);
            }
        });
    }

    private void called() {
        calling = false;
        nextTurns();
    }

    private void takeTurn(Runnable request) {
        if (calling || !turns.isEmpty()) {
            turns.add(() -> run(request));
        } else {
            run(request);
        }
    }

    private void nextTurns() {
        while (!calling && !turns.isEmpty()) {
            turns.remove().run();
        }
    }

    /** The scheduler of the request thread, and by inheritance of virtual threads that the application starts there. */
    private void schedule(Runnable continuation) {
        if (own == null) {
            own = continuation;
        }
        if (continuation.equals(own)) {
            continuations.add(continuation);
        } else {
            defaultScheduler.execute(continuation);
        }
    }

    private void execute(Runnable request) {
        if (ioThread.equals(Thread.currentThread()) && !running) {
            takeTurn(request);
        } else {
            ioThread.execute(() -> takeTurn(request));
        }
    }

    private void run(Runnable request) {
        running = true;
        task = request;
        if (started) {
            LockSupport.unpark(requestThread);
        } else {
            started = true;
            requestThread.start();
        }
        try {
            do {
                continuations.take().run();
            } while (task != null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running = false;
        }
    }

    /** The request thread's whole life. */
    private void serve() {
        while (!ending) {
            var request = task;
            if (request == null) {
                LockSupport.park(this);
            } else {
                try {
                    request.run();
                } catch (Throwable e) {
                    // Whatever it is, the thread has to live on: there is no other.
                    log.error("running a request", e);
                } finally {
                    task = null;
                }
                Thread.interrupted(); // an interrupt meant for one request must not reach the next
            }
        }
    }

    /** Ends the request thread too: with its variables it would keep what applications have left there. */
    @Override
    public void close() {
        callbackThread.shutdown();
        ioThread.execute(() -> {
            if (started) {
                run(() -> ending = true);
            }
        });
    }
}
