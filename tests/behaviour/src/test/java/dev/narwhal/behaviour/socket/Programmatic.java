package dev.narwhal.behaviour.socket;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Decoder;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Encoder;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An endpoint without annotations, with an encoder and a decoder; a message is a number, the answer its double. */
public final class Programmatic extends Endpoint {

    /** A number of fish. */
    public record Fish(int count) {}

    /** From and to {@code N fish}. */
    public static final class FishText implements Encoder.Text<Fish> {

        @Override
        public String encode(Fish fish) {
            return fish.count() + " fish";
        }
    }

    /** The way back. */
    public static final class TextFish implements Decoder.Text<Fish> {

        @Override
        public Fish decode(String text) {
            return new Fish(Integer.parseInt(text.replace(" fish", "")));
        }

        @Override
        public boolean willDecode(String text) {
            return text.endsWith(" fish");
        }
    }

    /** Deploys what was found, and this endpoint at two paths. */
    public static final class Config implements ServerApplicationConfig {

        @Override
        public Set<ServerEndpointConfig> getEndpointConfigs(Set<Class<? extends Endpoint>> found) {
            var configs = new HashSet<ServerEndpointConfig>();
            if (found.contains(Programmatic.class)) {
                configs.add(config("/programmatic"));
            }
            return configs;
        }

        @Override
        public Set<Class<?>> getAnnotatedEndpointClasses(Set<Class<?>> found) {
            var wanted = new HashSet<Class<?>>(found);
            wanted.remove(Unwanted.class);
            return wanted;
        }
    }

    /** Adds the endpoint once more, by the container that the context holds. */
    @WebListener
    public static final class Listener implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent event) {
            var container = (ServerContainer)
                    event.getServletContext().getAttribute("jakarta.websocket.server.ServerContainer");
            try {
                container.addEndpoint(config("/late"));
            } catch (DeploymentException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static ServerEndpointConfig config(String path) {
        return ServerEndpointConfig.Builder.create(Programmatic.class, path)
                .encoders(List.of(FishText.class))
                .decoders(List.of(TextFish.class))
                .subprotocols(List.of("fish.v2", "fish.v1"))
                .build();
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        var _ = session.getAsyncRemote().sendText("open " + Here.thread());
        session.addMessageHandler(Fish.class, (MessageHandler.Whole<Fish>) fish -> answer(session, fish));
    }

    private static void answer(Session session, Fish fish) {
        if (fish.count() < 0) {
            throw new IllegalArgumentException("no such fish");
        }
        var _ = session.getAsyncRemote().sendObject(new Fish(2 * fish.count()));
    }

    @Override
    public void onError(Session session, Throwable error) {
        try {
            session.getBasicRemote().sendText("error " + error.getMessage() + " " + Here.thread());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        Echo.CLOSED.add("programmatic " + reason.getCloseCode().getCode() + " " + Here.thread());
    }
}
