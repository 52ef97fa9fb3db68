package dev.narwhal.websocket;

import io.undertow.servlet.api.ClassIntrospecter;
import io.undertow.servlet.api.InstanceHandle;
import io.undertow.servlet.util.ImmediateInstanceHandle;
import io.undertow.websockets.jsr.EncodingFactory;
import io.undertow.websockets.jsr.UndertowSession;
import io.undertow.websockets.jsr.annotated.AnnotatedEndpointFactory;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets that an application has opened itself ({@code WebSocketContainer.connectToServer}). An annotated endpoint is made a programmatic one, with
 * a configuration of its own for each socket, so that there is one way in.
 */
final class Clients {

    private static final Logger log = LoggerFactory.getLogger(Clients.class);

    private final Container container;
    private final ClassIntrospecter introspecter;
    private final Map<UndertowSession, ClientConnection> connections = new ConcurrentHashMap<>();

    Clients(Container container, ClassIntrospecter introspecter) {
        this.container = container;
        this.introspecter = introspecter;
    }

    /** @throws DeploymentException for an instance of a class without {@link ClientEndpoint}, too */
    Session connectAnnotated(InstanceHandle<?> instance, Class<?> type, URI server)
            throws DeploymentException, IOException {
        var declaring = declaring(type);
        var annotation = declaring.getAnnotation(ClientEndpoint.class);
        var config = ClientEndpointConfig.Builder.create()
                .preferredSubprotocols(List.of(annotation.subprotocols()))
                .encoders(List.of(annotation.encoders()))
                .decoders(List.of(annotation.decoders()))
                .configurator(create(annotation.configurator()).getInstance())
                .build();
        var encoding = EncodingFactory.createFactory(introspecter, config.getDecoders(), config.getEncoders());
        var methods = AnnotatedEndpointFactory.create(declaring, encoding, Set.of());
        new EndpointMethods(container).adapt(methods);
        return connect(
                new ClientConnection(this, methods.createInstance(instance), instance.getInstance(), instance::release),
                config,
                server);
    }

    /** The class of the endpoint, or the nearest one above it, that says it is one. */
    private static Class<?> declaring(Class<?> type) throws DeploymentException {
        for (@Nullable Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (each.isAnnotationPresent(ClientEndpoint.class)) {
                return each;
            }
        }
        throw new DeploymentException("connecting the endpoint " + type.getName()
                + ": it is not annotated with @ClientEndpoint. Annotate it.");
    }

    Session connect(InstanceHandle<? extends Endpoint> instance, @Nullable ClientEndpointConfig config, URI server)
            throws DeploymentException, IOException {
        var endpoint = instance.getInstance();
        return connect(
                new ClientConnection(this, endpoint, endpoint, instance::release),
                config == null ? ClientEndpointConfig.Builder.create().build() : config,
                server);
    }

    private Session connect(ClientConnection connection, ClientEndpointConfig config, URI server)
            throws DeploymentException, IOException {
        boolean connected = false;
        try {
            var scheme = server.getScheme();
            if (!"ws".equalsIgnoreCase(scheme) && !"wss".equalsIgnoreCase(scheme)) {
                throw new DeploymentException("connecting to " + server
                        + ": the address begins with neither ws: nor wss:. Give one that does.");
            }
            container.open(connection, config, server);
            connected = true;
            return connection.session();
        } finally {
            if (!connected) {
                connection.release();
            }
        }
    }

    <T> InstanceHandle<T> create(Class<T> type) throws DeploymentException {
        try {
            return introspecter.createInstanceFactory(type).createInstance();
        } catch (InstantiationException | NoSuchMethodException e) {
            throw new DeploymentException("making an instance of " + type.getName() + ": " + e, e);
        }
    }

    /** One that the application has made, and does away with. */
    static <T> InstanceHandle<T> given(T instance) {
        return new ImmediateInstanceHandle<>(instance);
    }

    /** With the limits of the container, as on the server's side (Jakarta WebSocket 2.2, {@code WebSocketContainer}). */
    StandardSession opened(UndertowSession session, ClientConnection connection) {
        session.setMaxTextMessageBufferSize(container.getDefaultMaxTextMessageBufferSize());
        session.setMaxBinaryMessageBufferSize(container.getDefaultMaxBinaryMessageBufferSize());
        session.setMaxIdleTimeout(container.getDefaultMaxSessionIdleTimeout());
        session.getAsyncRemote().setSendTimeout(container.getDefaultAsyncSendTimeout());
        connections.put(session, connection);
        return container.begin(session);
    }

    void enqueue(Session session, Runnable callback) {
        container.invokeEndpointMethod(((UndertowSession) session).getExecutor(), callback);
    }

    void ended(UndertowSession session, ClientConnection connection) {
        connections.remove(session);
        container.end(session);
        connection.release();
    }

    /** The open sockets of the same endpoint; of a socket that a client has opened, those that the server knows of. */
    @SuppressWarnings("ReferenceEquality") // the same endpoint, whatever it takes for equal
    Set<Session> openSessions(UndertowSession session) {
        var connection = connections.get(session);
        if (connection == null) {
            return session.getOpenSessions();
        }
        var open = new HashSet<Session>();
        connections.forEach((other, its) -> {
            if (its.known() == connection.known()) {
                open.add(other);
            }
        });
        return open;
    }

    /** Says good-bye to all servers, and waits until the endpoints have been told. */
    void end(int millis) {
        var told = new ArrayList<CompletableFuture<?>>();
        for (var session : connections.keySet()) {
            try {
                session.close(new CloseReason(CloseCodes.GOING_AWAY, ""));
            } catch (IOException | RuntimeException e) {
                log.debug("closing a WebSocket to a server: {}", e.toString());
            }
            var done = new CompletableFuture<>();
            enqueue(session, () -> done.complete(session));
            told.add(done);
        }
        try {
            CompletableFuture.allOf(told.toArray(CompletableFuture[]::new)).get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.debug("closing WebSockets to servers: {}", e.toString());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
