package dev.narwhal.websocket;

import dev.narwhal.worker.feature.Drainable;
import dev.narwhal.worker.feature.HeldSessions;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.InstanceFactory;
import io.undertow.servlet.api.ThreadSetupHandler;
import io.undertow.servlet.core.ContextClassLoaderSetupAction;
import io.undertow.util.PathTemplate;
import io.undertow.websockets.WebSocketExtension;
import io.undertow.websockets.extensions.PerMessageDeflateHandshake;
import io.undertow.websockets.jsr.ConfiguredServerEndpoint;
import io.undertow.websockets.jsr.EncodingFactory;
import io.undertow.websockets.jsr.ExtensionImpl;
import io.undertow.websockets.jsr.ServerWebSocketContainer;
import io.undertow.websockets.jsr.UndertowSession;
import io.undertow.websockets.jsr.annotated.AnnotatedEndpointFactory;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.Extension;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ServerContainer} and {@code WebSocketContainer} of one application. What it adds to Undertow's: every callback goes through the
 * {@link Inbox} of its socket, and {@link #drain} says good-bye to all sockets.
 */
final class Container extends ServerWebSocketContainer implements Drainable {

    /** A client that sends more in one message is sent away, unless the endpoint sets another limit. Tomcat's is 8 KiB. */
    private static final int MOST_MESSAGE_BYTES = 1024 * 1024;

    private static final int END_MILLIS = 1000;

    private final Map<UndertowSession, StandardSession> sessions = new ConcurrentHashMap<>();
    private final Map<Executor, Inbox> inboxes = new ConcurrentHashMap<>();
    private final ClientWorker clientWorker;
    private final Clients clients;
    private final DeploymentInfo info;
    private final LoginWatch logins;
    private volatile boolean draining;

    private Container(
            DeploymentInfo info,
            HeldSessions sessions,
            ClientWorker clientWorker,
            List<ThreadSetupHandler> setup,
            List<Extension> extensions) {
        super(
                info.getClassIntrospecter(),
                Container.class.getClassLoader(),
                clientWorker,
                clientWorker.buffers(),
                setup,
                true,
                null,
                null,
                extensions);
        this.info = info;
        this.logins = new LoginWatch(() -> closeOrphans(sessions));
        this.clientWorker = clientWorker;
        this.clients = new Clients(this, info.getClassIntrospecter());
        setDefaultMaxTextMessageBufferSize(MOST_MESSAGE_BYTES);
        setDefaultMaxBinaryMessageBufferSize(MOST_MESSAGE_BYTES);
    }

    static Container create(DeploymentInfo info, HeldSessions sessions) {
        var setup = new ArrayList<ThreadSetupHandler>();
        setup.add(new ContextClassLoaderSetupAction(info.getClassLoader()));
        setup.addAll(info.getThreadSetupActions());
        return new Container(
                info,
                sessions,
                new ClientWorker(),
                setup,
                List.of(ExtensionImpl.create(
                        new WebSocketExtension(new PerMessageDeflateHandshake().getName(), List.of()))));
    }

    /** Offers a programmatic endpoint's configurator all extensions; Undertow offers it only those that the endpoint itself lists. */
    @Override
    public void addEndpoint(ServerEndpointConfig config) throws DeploymentException {
        super.addEndpoint(config);
        var endpoints = getConfiguredServerEndpoints();
        var added = endpoints.removeLast();
        endpoints.add(new ConfiguredServerEndpoint(
                config,
                added.getEndpointFactory(),
                added.getPathTemplate(),
                added.getEncodingFactory(),
                added.getAnnotatedEndpointFactory(),
                List.copyOf(getInstalledExtensions())));
    }

    void opened(UndertowSession session, Inbox inbox) {
        begin(session);
        inboxes.put(session.getExecutor(), inbox);
        if (inbox.hasLogin()) {
            logins.begin();
        }
        if (draining) {
            inbox.goAway(CloseCodes.GOING_AWAY);
        }
    }

    StandardSession begin(UndertowSession session) {
        var standard = new StandardSession(session, this, false);
        sessions.put(session, standard);
        return standard;
    }

    /** Undertow says so on a thread of its own, maybe before {@code onClose} has run, which waits in the inbox. */
    void closed(UndertowSession session) {
        var inbox = inboxes.remove(session.getExecutor());
        if (inbox == null) {
            end(session);
        } else {
            inbox.add(() -> end(session));
        }
    }

    void end(UndertowSession session) {
        var standard = sessions.remove(session);
        if (standard != null) {
            standard.end();
        }
    }

    /** What applications see of a session; one that they have not kept and ask for once it is closed is another one. */
    StandardSession standard(UndertowSession session) {
        var known = sessions.get(session);
        return known == null ? new StandardSession(session, this, !session.isOpen()) : known;
    }

    Set<Session> openSessions(UndertowSession session) {
        return clients.openSessions(session);
    }

    /** Sockets that this container opened as a client have no inbox: whoever opened one cannot be slowed down by what it is sent. */
    @Override
    public void invokeEndpointMethod(Executor executor, Runnable invocation) {
        var inbox = inboxes.get(executor);
        if (inbox == null) {
            super.invokeEndpointMethod(executor, invocation);
        } else {
            inbox.add(invocation);
        }
    }

    @Override
    public void drain() {
        draining = true;
        inboxes.values().forEach(inbox -> inbox.goAway(CloseCodes.GOING_AWAY));
    }

    boolean isDraining() {
        return draining;
    }

    /** Closes the sockets of a user whose HTTP session is over (Jakarta WebSocket 2.2 §7.2). */
    void loggedOut(String sessionId) {
        inboxes.values().stream()
                .filter(inbox -> inbox.belongsTo(sessionId))
                .forEach(inbox -> inbox.goAway(CloseCodes.VIOLATED_POLICY));
    }

    private void closeOrphans(HeldSessions sessions) {
        inboxes.values().stream()
                .filter(inbox -> inbox.hasOutlived(sessions))
                .forEach(inbox -> inbox.goAway(CloseCodes.VIOLATED_POLICY));
    }

    void sessionIdChanged(String before, String now) {
        inboxes.values().forEach(inbox -> inbox.sessionIdChanged(before, now));
    }

    void end() {
        logins.close();
        clients.end(END_MILLIS);
        close(END_MILLIS);
        clientWorker.close();
    }

    @Override
    public Session connectToServer(Object annotated, URI server) throws DeploymentException, IOException {
        return clients.connectAnnotated(Clients.given(annotated), annotated.getClass(), server);
    }

    @Override
    public Session connectToServer(Class<?> annotated, URI server) throws DeploymentException, IOException {
        return clients.connectAnnotated(clients.create(annotated), annotated, server);
    }

    @Override
    public Session connectToServer(Endpoint endpoint, @Nullable ClientEndpointConfig config, URI server)
            throws DeploymentException, IOException {
        return clients.connect(Clients.given(endpoint), config, server);
    }

    @Override
    public Session connectToServer(
            Class<? extends Endpoint> endpoint, @Nullable ClientEndpointConfig config, URI server)
            throws DeploymentException, IOException {
        return clients.connect(clients.create(endpoint), config, server);
    }

    /** Returns once {@code onOpen} of the connection has returned. */
    void open(ClientConnection connection, ClientEndpointConfig config, URI server)
            throws DeploymentException, IOException {
        super.connectToServer(connection, config, server);
    }

    /** What {@code upgradeHttpToWebSocket} comes to; an endpoint that nobody has deployed. */
    @Override
    public void doUpgrade(
            HttpServletRequest request,
            HttpServletResponse response,
            ServerEndpointConfig config,
            Map<String, String> pathParameters)
            throws ServletException, IOException {
        try {
            new Upgrade(this, endpoint(config), pathParameters).answer(request, response);
        } catch (DeploymentException e) {
            throw new ServletException(e);
        }
    }

    private ConfiguredServerEndpoint endpoint(ServerEndpointConfig config) throws DeploymentException {
        var encoding =
                EncodingFactory.createFactory(info.getClassIntrospecter(), config.getDecoders(), config.getEncoders());
        var type = config.getEndpointClass();
        var annotated = Endpoint.class.isAssignableFrom(type)
                ? null
                : AnnotatedEndpointFactory.create(
                        type, encoding, PathTemplate.create(config.getPath()).getParameterNames());
        new EndpointMethods(this).adapt(annotated);
        return new ConfiguredServerEndpoint(
                config, factory(type), null, encoding, annotated, List.copyOf(getInstalledExtensions()));
    }

    /** None for a class that only its configurator can make. */
    private @Nullable InstanceFactory<?> factory(Class<?> type) {
        try {
            return info.getClassIntrospecter().createInstanceFactory(type);
        } catch (NoSuchMethodException _) {
            return null;
        }
    }
}
