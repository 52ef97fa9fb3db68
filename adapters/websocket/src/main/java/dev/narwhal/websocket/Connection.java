package dev.narwhal.websocket;

import io.undertow.servlet.websockets.ServletWebSocketHttpExchange;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.jsr.ConfiguredServerEndpoint;
import io.undertow.websockets.jsr.EndpointSessionHandler;
import io.undertow.websockets.jsr.UndertowSession;
import io.undertow.websockets.jsr.handshake.HandshakeUtil;
import jakarta.websocket.Extension;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An endpoint as one socket sees it. Undertow asks it for everything it needs to make the session, and tells it when the session begins and
 * ends; so this is where the session gets its inbox and a programmatic endpoint its guard.
 */
final class Connection extends ConfiguredServerEndpoint {

    private final Container container;
    private final ConfiguredServerEndpoint endpoint;
    private final Inbox inbox;
    private final List<Extension> extensions;

    private Connection(
            Container container, ConfiguredServerEndpoint endpoint, Inbox inbox, List<Extension> extensions) {
        super(
                endpoint.getEndpointConfiguration(),
                endpoint.getEndpointFactory(),
                endpoint.getPathTemplate(),
                endpoint.getEncodingFactory(),
                endpoint.getAnnotatedEndpointFactory(),
                endpoint.getExtensions());
        this.container = container;
        this.endpoint = endpoint;
        this.inbox = inbox;
        this.extensions = extensions;
    }

    /** Makes the session and calls {@code onOpen}, not on this thread. */
    @SuppressWarnings(
            "deprecation") // the other way in takes an exchange that has the configuration, which is no use here
    static void open(
            Container container,
            ServletWebSocketHttpExchange exchange,
            WebSocketChannel channel,
            Optional<String> login) {
        var inbox = new Inbox(container, channel, login);
        HandshakeUtil.setConfig(
                channel,
                new Connection(container, HandshakeUtil.getConfig(channel), inbox, NegotiatedExtensions.of(exchange)));
        inbox.add(() -> new EndpointSessionHandler(container).onConnect(exchange, channel));
    }

    @Override
    public ServerEndpointConfig getEndpointConfiguration() {
        var config = endpoint.getEndpointConfiguration();
        return getAnnotatedEndpointFactory() == null ? new GuardedEndpoint.Config(config, container) : config;
    }

    @Override
    public void addOpenSession(Session session) {
        endpoint.addOpenSession(session);
        if (session instanceof UndertowSession opened) {
            NegotiatedExtensions.tell(opened, extensions);
            inbox.open(opened);
            container.opened(opened, inbox);
        }
    }

    @Override
    public void removeOpenSession(Session session) {
        endpoint.removeOpenSession(session);
        if (session instanceof UndertowSession closed) {
            container.closed(closed);
        }
    }

    @Override
    public Set<Session> getOpenSessions() {
        return endpoint.getOpenSessions();
    }

    @Override
    public void awaitClose(long timeout) {
        endpoint.awaitClose(timeout);
    }

    @Override
    public void notifyClosed(Runnable done) {
        endpoint.notifyClosed(done);
    }
}
