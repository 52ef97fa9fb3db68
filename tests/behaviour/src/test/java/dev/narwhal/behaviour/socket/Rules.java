package dev.narwhal.behaviour.socket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.DecodeException;
import jakarta.websocket.Decoder;
import jakarta.websocket.EncodeException;
import jakarta.websocket.Encoder;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Endpoints that try the rules of Jakarta WebSocket 2.2. */
public final class Rules {

    private Rules() {}

    /** A number of fish. */
    public record Fish(int count) {}

    /** The type of the message is that of a superclass. */
    public abstract static class FromText<T> implements Decoder.Text<T> {

        @Override
        public final boolean willDecode(String text) {
            return !text.startsWith("nothing");
        }
    }

    /** Reads the number of fish. */
    public static final class FishFromText extends FromText<Fish> {

        @Override
        public Fish decode(String text) throws DecodeException {
            try {
                return new Fish(Integer.parseInt(text));
            } catch (NumberFormatException e) {
                throw new DecodeException(text, "no number", e);
            }
        }
    }

    /** The type of the message is that of a superinterface. */
    public interface ToText<T> extends Encoder.Text<T> {}

    /** Writes a number of fish. */
    public static final class FishToText implements ToText<Fish> {

        @Override
        public String encode(Fish fish) throws EncodeException {
            if (fish.count() == 0) {
                throw new EncodeException(fish, "none");
            }
            return fish.count() + " fish";
        }
    }

    private static void tell(Session session, String text) {
        try {
            session.getBasicRemote().sendText(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** §4.3: path parameters of every type. */
    @ServerEndpoint("/rules/path/{number}/{flag}/{ratio}")
    public static final class Paths {

        @OnOpen
        public void open(
                Session session,
                @PathParam("number") int number,
                @PathParam("flag") Boolean flag,
                @PathParam("ratio") double ratio,
                @PathParam("none") String none) {
            tell(
                    session,
                    number + " " + flag + " " + ratio + " " + none + " " + new TreeMap<>(session.getPathParameters()));
        }

        @OnError
        public void error(Session session, Throwable failure) {
            tell(
                    session,
                    "error " + failure.getClass().getSimpleName() + " "
                            + (failure instanceof DecodeException decode ? decode.getText() : failure));
        }
    }

    /** Counts fish. */
    @ServerEndpoint(value = "/rules/fish", decoders = FishFromText.class, encoders = FishToText.class)
    public static final class Coded {

        @OnMessage
        public Fish message(Fish fish) {
            return new Fish(2 * fish.count());
        }

        @OnError
        public void error(Session session, Throwable failure) {
            tell(session, "error " + failure.getClass().getSimpleName() + " " + session.isOpen());
        }
    }

    /** Takes small messages only. */
    @ServerEndpoint("/rules/small")
    public static final class Small {

        @OnMessage(maxMessageSize = 10)
        public String message(String text) {
            return "small " + text;
        }

        @OnClose
        public void close(CloseReason reason) {
            Echo.CLOSED.add("small " + reason.getCloseCode().getCode());
        }
    }

    /** Takes messages in parts, whole ones as streams. */
    @ServerEndpoint("/rules/parts")
    public static final class Parts {

        private int parts;

        @OnMessage
        public void text(String part, boolean last, Session session) {
            parts += part.length();
            if (last) {
                tell(session, "text " + parts);
                parts = 0;
            }
        }

        @OnMessage
        public byte[] bytes(byte[] bytes) {
            return bytes;
        }
    }

    /** Reads characters, answers with a number. */
    @ServerEndpoint("/rules/reader")
    public static final class Reading {

        @OnMessage
        public int text(Reader reader) throws IOException {
            int count = 0;
            while (reader.read() >= 0) {
                count++;
            }
            return count;
        }
    }

    /** Each connection has properties of its own, which begin as those of the endpoint. */
    public static final class Own extends ServerEndpointConfig.Configurator {

        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            var properties = config.getUserProperties();
            properties.merge("shakes", 1, (before, one) -> (Integer) before + (Integer) one);
            properties.put("query", String.valueOf(request.getQueryString()));
        }

        @Override
        public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
            return requested.contains("third") ? "third" : "";
        }
    }

    /** Tells what its session says. */
    @ServerEndpoint(
            value = "/rules/facts/{one}",
            configurator = Own.class,
            subprotocols = {"first", "second"})
    public static final class Facts {

        @OnOpen
        public void open(Session session, EndpointConfig config) {
            tell(
                    session,
                    "properties " + config.getUserProperties().get("shakes") + " "
                            + session.getUserProperties().get("shakes") + " "
                            + session.getUserProperties().get("query"));
            tell(
                    session,
                    "request " + session.getRequestURI() + " " + session.getQueryString() + " "
                            + session.getRequestParameterMap() + " " + session.getPathParameters());
            tell(
                    session,
                    "protocol " + session.getProtocolVersion() + " '" + session.getNegotiatedSubprotocol() + "' "
                            + session.isSecure() + " " + session.getUserPrincipal());
            tell(
                    session,
                    "open " + session.isOpen() + " " + session.getOpenSessions().contains(session) + " "
                            + session.getMessageHandlers().size());
            tell(
                    session,
                    "limits " + session.getMaxIdleTimeout() + " " + session.getMaxTextMessageBufferSize() + " "
                            + session.getMaxBinaryMessageBufferSize());
        }

        @OnMessage
        public void message(String text, Session session) throws IOException {
            switch (text) {
                case "end" -> {
                    session.close();
                    Echo.CLOSED.add("facts open " + session.isOpen());
                }
                case "nothing" -> nothing(session);
                case "idle" -> session.setMaxIdleTimeout(300);
                case "handler" -> {
                    try {
                        session.addMessageHandler(String.class, (MessageHandler.Whole<String>) _ -> {});
                        tell(session, "added");
                    } catch (IllegalStateException e) {
                        tell(session, "refused");
                    }
                }
                default -> tell(session, text);
            }
        }

        /** What is refused: nothing, and too much (javadoc of {@code RemoteEndpoint} and {@code Session}). */
        private static void nothing(Session session) {
            var basic = session.getBasicRemote();
            var async = session.getAsyncRemote();
            var refused = new TreeMap<String, String>();
            refused.put("text", attempt(() -> basic.sendText(null)));
            refused.put("part", attempt(() -> basic.sendText(null, true)));
            refused.put("binary", attempt(() -> basic.sendBinary(null)));
            refused.put("object", attempt(() -> basic.sendObject(null)));
            refused.put("ping", attempt(() -> basic.sendPing(ByteBuffer.allocate(126))));
            refused.put("pong", attempt(() -> basic.sendPong(ByteBuffer.allocate(126))));
            refused.put("later text", attempt(() -> {
                var _ = async.sendText(null);
            }));
            refused.put("later object", attempt(() -> {
                var _ = async.sendObject(null);
            }));
            refused.put("handler", attempt(() -> async.sendText("x", null)));
            refused.put("handlers", attempt(() -> session.getMessageHandlers().clear()));
            refused.put("sessions", attempt(() -> session.getOpenSessions().clear()));
            refused.put("parameters", attempt(() -> session.getPathParameters().clear()));
            tell(
                    session,
                    refused + " " + session.isOpen() + " "
                            + session.getOpenSessions().contains(session));
        }

        private static String attempt(Action action) {
            try {
                action.run();
                return "done";
            } catch (Exception e) {
                return e.getClass().getSimpleName();
            }
        }

        /** What may throw anything. */
        @FunctionalInterface
        private interface Action {
            void run() throws Exception;
        }

        @OnClose
        public void close(CloseReason reason) {
            Echo.CLOSED.add("facts closed " + reason.getCloseCode().getCode());
        }
    }

    /** Keeps its session, and tells what it is still good for once it is closed. */
    @ServerEndpoint("/rules/kept/{name}")
    public static final class Kept {

        private @Nullable Session opened;

        @OnOpen
        public void open(Session session) {
            opened = session;
            tell(session, "open " + session.getOpenSessions().contains(session));
        }

        @OnMessage
        public boolean message(String text, Session session) {
            session.getAsyncRemote()
                    .sendText(
                            "sent",
                            result -> Echo.CLOSED.add(
                                    "kept and sent " + result.getSession().equals(opened)));
            return session.equals(opened)
                    && text.equals(session.getPathParameters().get("name"));
        }

        @OnClose
        public void close(Session session, CloseReason reason) {
            Echo.CLOSED.add("kept " + reason.getCloseCode().getCode() + " " + session.getPathParameters() + " "
                    + session.equals(opened));
            new Thread(() -> {
                        while (outcome(session::getPathParameters).equals("done")) {
                            Thread.onSpinWait(); // until this method has returned
                        }
                        Echo.CLOSED.add("kept and closed " + outcomes(session));
                    })
                    .start();
        }

        static Map<String, String> outcomes(Session session) {
            var outcomes = new TreeMap<String, String>();
            for (var method : Session.class.getMethods()) {
                if (method.getParameterCount() == 0) {
                    outcomes.put(method.getName(), outcome(() -> method.invoke(session)));
                }
            }
            outcomes.put("setMaxIdleTimeout", outcome(() -> {
                session.setMaxIdleTimeout(1);
                return null;
            }));
            outcomes.put("addMessageHandler", outcome(() -> {
                session.addMessageHandler(String.class, (MessageHandler.Whole<String>) _ -> {});
                return null;
            }));
            outcomes.values().removeIf("IllegalStateException"::equals);
            return outcomes;
        }

        static String outcome(Callable<?> call) {
            try {
                return call.call() instanceof Boolean value ? value.toString() : "done";
            } catch (InvocationTargetException e) {
                return Objects.requireNonNull(e.getCause()).getClass().getSimpleName();
            } catch (Exception e) {
                return e.getClass().getSimpleName();
            }
        }
    }

    /** Fails when it is opened. */
    @ServerEndpoint("/rules/failing")
    public static final class Failing {

        @OnOpen
        public void open(Session session) {
            if (!session.getId().isEmpty()) {
                throw new IllegalStateException("not today");
            }
        }

        @OnError
        public void error(Throwable failure) {
            Echo.CLOSED.add("failing error " + failure.getMessage());
        }

        @OnClose
        public void close(CloseReason reason) {
            Echo.CLOSED.add("failing closed " + reason.getCloseCode().getCode());
        }
    }
}
