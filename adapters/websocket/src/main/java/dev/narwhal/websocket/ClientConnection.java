package dev.narwhal.websocket;

import io.undertow.websockets.jsr.UndertowSession;
import io.undertow.websockets.jsr.annotated.AnnotatedEndpoint;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint of a socket that the application has opened itself. Undertow calls it on whatever thread it is, the I/O thread too; the application is
 * told one thing after the other on the threads of clients, and sees the session that it sees as a server. The methods of an annotated endpoint
 * Undertow itself brings in order; {@link EndpointMethods} are given their session.
 */
final class ClientConnection extends Endpoint {

    private final Clients clients;
    private final Endpoint endpoint;
    private final Object known;
    private final Runnable release;
    private volatile @Nullable StandardSession session;

    /**
     * A socket to be.
     *
     * @param endpoint what Undertow calls
     * @param known the endpoint as the application knows it: its sockets know each other
     * @param release what is to be done once the socket is closed
     */
    ClientConnection(Clients clients, Endpoint endpoint, Object known, Runnable release) {
        this.clients = clients;
        this.endpoint = endpoint;
        this.known = known;
        this.release = release;
    }

    Object known() {
        return known;
    }

    void release() {
        release.run();
    }

    /** Once it is connected. */
    StandardSession session() {
        return Objects.requireNonNull(session, "the session of a socket that is not open yet");
    }

    private boolean isAnnotated() {
        return endpoint instanceof AnnotatedEndpoint;
    }

    /** On the thread that connects. What it throws is told, as on the server's side (Jakarta WebSocket 2.2 §4.2). */
    @Override
    public void onOpen(Session undertows, EndpointConfig config) {
        session = clients.opened((UndertowSession) undertows, this);
        try {
            endpoint.onOpen(isAnnotated() ? undertows : session(), config);
        } catch (RuntimeException e) {
            onError(undertows, e);
            ((UndertowSession) undertows).forceClose();
        }
    }

    @Override
    public void onClose(Session undertows, CloseReason reason) {
        if (isAnnotated()) {
            endpoint.onClose(undertows, reason);
        } else {
            clients.enqueue(undertows, () -> endpoint.onClose(session(), reason));
        }
        clients.enqueue(undertows, () -> clients.ended((UndertowSession) undertows, this));
    }

    @Override
    public void onError(Session undertows, Throwable error) {
        if (isAnnotated()) {
            endpoint.onError(undertows, error);
        } else {
            clients.enqueue(undertows, () -> endpoint.onError(session(), error));
        }
    }
}
