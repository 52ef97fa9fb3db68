package dev.narwhal.websocket;

import io.undertow.websockets.jsr.UndertowSession;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Decoder;
import jakarta.websocket.Encoder;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;

/**
 * A programmatic endpoint whose every callback goes through the socket's inbox. Undertow calls {@code onClose} and {@code onError} of such
 * endpoints on whatever thread it is, the I/O thread too; with annotated ones it takes care itself.
 */
final class GuardedEndpoint extends Endpoint {

    private final Endpoint endpoint;
    private final ServerEndpointConfig config;
    private final Container container;

    private GuardedEndpoint(Endpoint endpoint, ServerEndpointConfig config, Container container) {
        this.endpoint = endpoint;
        this.config = config;
        this.container = container;
    }

    /** Called in the inbox already. */
    @Override
    public void onOpen(Session session, EndpointConfig ignored) {
        endpoint.onOpen(standard(session), config);
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        enqueue(session, () -> endpoint.onClose(standard(session), reason));
    }

    @Override
    public void onError(Session session, Throwable error) {
        enqueue(session, () -> endpoint.onError(standard(session), error));
    }

    private Session standard(Session session) {
        return container.standard((UndertowSession) session);
    }

    private void enqueue(Session session, Runnable callback) {
        container.invokeEndpointMethod(((UndertowSession) session).getExecutor(), callback);
    }

    /** The endpoint's configuration, but for a configurator whose endpoints are guarded. */
    record Config(ServerEndpointConfig config, Container container) implements ServerEndpointConfig {

        @Override
        public Class<?> getEndpointClass() {
            return config.getEndpointClass();
        }

        @Override
        public String getPath() {
            return config.getPath();
        }

        @Override
        public List<String> getSubprotocols() {
            return config.getSubprotocols();
        }

        @Override
        public List<Extension> getExtensions() {
            return config.getExtensions();
        }

        @Override
        public Configurator getConfigurator() {
            return new GuardingConfigurator(config, container);
        }

        @Override
        public List<Class<? extends Encoder>> getEncoders() {
            return config.getEncoders();
        }

        @Override
        public List<Class<? extends Decoder>> getDecoders() {
            return config.getDecoders();
        }

        @Override
        public Map<String, Object> getUserProperties() {
            return config.getUserProperties();
        }
    }

    private static final class GuardingConfigurator extends ServerEndpointConfig.Configurator {

        private final ServerEndpointConfig config;
        private final Container container;

        private GuardingConfigurator(ServerEndpointConfig config, Container container) {
            this.config = config;
            this.container = container;
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) throws InstantiationException {
            T instance = config.getConfigurator().getEndpointInstance(type);
            return guard(instance);
        }

        // Undertow casts what it gets to Endpoint and to nothing else.
        @SuppressWarnings("unchecked")
        private <T> T guard(T instance) {
            return (T) new GuardedEndpoint((Endpoint) instance, config, container);
        }

        @Override
        public void modifyHandshake(
                ServerEndpointConfig ignored, HandshakeRequest request, HandshakeResponse response) {
            throw new IllegalStateException("the handshake is over");
        }
    }
}
