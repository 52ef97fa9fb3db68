package dev.narwhal.websocket;

import io.undertow.websockets.jsr.UndertowSession;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Extension;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import java.io.IOException;
import java.net.URI;
import java.security.Principal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session as applications see it: always the same one for the same socket. Once {@code onClose} has returned it is of no use any more (Jakarta
 * WebSocket 2.2, {@link Session}), except that it can be closed, and be found by its id in what an application keeps, as in Tomcat.
 */
final class StandardSession implements Session {

    private final UndertowSession session;
    private final Container container;
    private volatile boolean closed;
    private volatile boolean batching;

    StandardSession(UndertowSession session, Container container, boolean closed) {
        this.session = session;
        this.container = container;
        this.closed = closed;
    }

    /** After {@code onClose}. */
    void end() {
        closed = true;
    }

    /** What both remotes may do; the default is false (Jakarta WebSocket 2.2, {@link RemoteEndpoint}). */
    void allowBatching(boolean allowed) {
        batching = allowed;
    }

    boolean allowsBatching() {
        return batching;
    }

    private UndertowSession usable() {
        if (closed) {
            throw new IllegalStateException("using the WebSocket session " + session.getId()
                    + ": it is closed. What is to be known of it must be asked before onClose returns.");
        }
        return session;
    }

    @Override
    public WebSocketContainer getContainer() {
        return usable().getContainer();
    }

    @Override
    public void addMessageHandler(MessageHandler handler) {
        usable().addMessageHandler(handler);
    }

    @Override
    public <T> void addMessageHandler(Class<T> type, MessageHandler.Whole<T> handler) {
        usable().addMessageHandler(type, handler);
    }

    @Override
    public <T> void addMessageHandler(Class<T> type, MessageHandler.Partial<T> handler) {
        usable().addMessageHandler(type, handler);
    }

    @Override
    public Set<MessageHandler> getMessageHandlers() {
        return usable().getMessageHandlers();
    }

    @Override
    public void removeMessageHandler(MessageHandler handler) {
        usable().removeMessageHandler(handler);
    }

    @Override
    public String getProtocolVersion() {
        return usable().getProtocolVersion();
    }

    @Override
    public String getNegotiatedSubprotocol() {
        return usable().getNegotiatedSubprotocol();
    }

    @Override
    public List<Extension> getNegotiatedExtensions() {
        return usable().getNegotiatedExtensions();
    }

    @Override
    public boolean isSecure() {
        return usable().isSecure();
    }

    @Override
    public boolean isOpen() {
        return !closed && session.isOpen();
    }

    @Override
    public long getMaxIdleTimeout() {
        return usable().getMaxIdleTimeout();
    }

    @Override
    public void setMaxIdleTimeout(long millis) {
        usable().setMaxIdleTimeout(millis);
    }

    @Override
    public void setMaxBinaryMessageBufferSize(int length) {
        usable().setMaxBinaryMessageBufferSize(length);
    }

    @Override
    public int getMaxBinaryMessageBufferSize() {
        return usable().getMaxBinaryMessageBufferSize();
    }

    @Override
    public void setMaxTextMessageBufferSize(int length) {
        usable().setMaxTextMessageBufferSize(length);
    }

    @Override
    public int getMaxTextMessageBufferSize() {
        return usable().getMaxTextMessageBufferSize();
    }

    @Override
    public RemoteEndpoint.Async getAsyncRemote() {
        return new AsyncRemote(usable().getAsyncRemote(), this);
    }

    @Override
    public RemoteEndpoint.Basic getBasicRemote() {
        return new BasicRemote(usable().getBasicRemote(), this);
    }

    @Override
    public String getId() {
        return session.getId();
    }

    @Override
    public void close() throws IOException {
        session.close();
    }

    @Override
    public void close(CloseReason reason) throws IOException {
        session.close(reason);
    }

    @Override
    public URI getRequestURI() {
        return usable().getRequestURI();
    }

    @Override
    public Map<String, List<String>> getRequestParameterMap() {
        return usable().getRequestParameterMap();
    }

    @Override
    public String getQueryString() {
        return usable().getQueryString();
    }

    @Override
    public Map<String, String> getPathParameters() {
        return usable().getPathParameters();
    }

    @Override
    public Map<String, Object> getUserProperties() {
        return usable().getUserProperties();
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return usable().getUserPrincipal();
    }

    @Override
    public Set<Session> getOpenSessions() {
        var open = new HashSet<Session>();
        for (var other : container.openSessions(usable())) {
            if (other.isOpen()) {
                open.add(other instanceof UndertowSession undertows ? container.standard(undertows) : other);
            }
        }
        return open;
    }

    @Override
    public String toString() {
        return "WebSocket session " + session.getId();
    }
}
