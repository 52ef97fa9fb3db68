package dev.narwhal.worker.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A deployed engine. Its life is {@code warmUp}, {@code open}, perhaps {@code pause} and {@code resume}, then {@code drain}, then {@code close}; {@code close} may come at any time and cuts off what is in
 * flight.
 */
public interface Engine extends AutoCloseable {

    /**
     * Requests paths of itself as a client would, one after the other, over connections that nobody else can use.
     *
     * @param limit how long each may take
     * @throws DeploymentException for the first one that is answered with 500 or more, or not in time
     */
    void warmUp(List<String> paths, Duration limit) throws DeploymentException;

    /** Starts to take connections from the inherited sockets, as far as there is capacity. */
    void open();

    /** Takes no connection any more and lets go of idle ones; what is in flight ends with {@code Connection: close}. */
    void pause();

    /** Takes connections again. */
    void resume();

    /**
     * Takes what waits in the accept queues and nothing after that, finishes what is in flight, and answers with {@code Connection: close}
     * meanwhile. One that is paused takes nothing.
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
