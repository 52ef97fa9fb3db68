package dev.narwhal.undertow.dispatch;

import io.undertow.server.HttpServerExchange;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Runs requests, each on the thread that its dispatch class is about. */
public interface Dispatcher extends AutoCloseable {

    /**
     * Runs a request, now or as soon as there is a thread for it. Called from within the root handler, on the I/O thread (for pipelined
     * requests on a thread of XNIO's pool).
     *
     * @param work what the thread does; it may block
     */
    void dispatch(HttpServerExchange exchange, Route route, Runnable work);

    /** A request that {@link #dispatch} was called for is over, and its work done. Called once for each, on any thread. */
    default void ended() {}

    /** Where {@code AsyncContext.start} and {@code AsyncContext.dispatch} run. */
    Executor async();

    /**
     * Where the callbacks of upgraded connections run, such as the messages of a WebSocket. Never the I/O thread: they may wait until it has
     * read or written.
     */
    default Executor callbacks() {
        return async();
    }

    /** Empty where a request that waits for others would wait in vain. */
    default Optional<Gathering> gathering() {
        return Optional.empty();
    }

    /** From now on requests, too, may wait until the I/O thread has read or written for somebody else. Called before the first request. */
    default void keepLoopFree() {}

    /** Runs a task as soon as the processors' threads that requests share come round to it; at once where no such threads are shared. */
    default void probe(Runnable task) {
        task.run();
    }

    /** How much, beside that task, waits for those threads. */
    default int queued() {
        return 0;
    }

    /** Ends the dispatcher's threads; called when no request is in flight any more. */
    @Override
    void close();
}
