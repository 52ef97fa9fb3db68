package dev.narwhal.websocket;

import jakarta.websocket.RemoteEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What both ways to send have. What may be batched is sent at once all the same, so there is nothing to flush. */
interface Remote extends RemoteEndpoint {

    /** Undertow's. */
    RemoteEndpoint remote();

    StandardSession session();

    @Override
    default void setBatchingAllowed(boolean allowed) {
        session().allowBatching(allowed);
    }

    @Override
    default boolean getBatchingAllowed() {
        return session().allowsBatching();
    }

    @Override
    default void flushBatch() {
        // everything has been sent
    }

    @Override
    default void sendPing(ByteBuffer data) throws IOException {
        remote().sendPing(data);
    }

    @Override
    default void sendPong(ByteBuffer data) throws IOException {
        remote().sendPong(data);
    }
}
