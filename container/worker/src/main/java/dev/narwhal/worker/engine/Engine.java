package dev.narwhal.worker.engine;

import java.util.concurrent.CompletableFuture;

/**
 * A deployed engine. Its life is {@code open}, then {@code drain}, then {@code close}; {@code close} may come at any time and cuts off what is in
 * flight.
 */
public interface Engine extends AutoCloseable {

    /** Starts to take connections from the inherited sockets, as far as there is capacity. */
    void open();

    /**
     * Takes what waits in the accept queues and nothing after that, finishes what is in flight, and answers with {@code Connection: close}
     * meanwhile.
     *
     * @return completes when no request is in flight and no connection is open
     */
    CompletableFuture<Void> drain();

    /** Lets go of the listening sockets at once; what is queued there is lost unless another process holds them. */
    void closeListeners();

    /** Undeploys the applications and ends all threads. */
    @Override
    void close();
}
