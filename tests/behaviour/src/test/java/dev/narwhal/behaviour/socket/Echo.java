package dev.narwhal.behaviour.socket;

import jakarta.servlet.http.HttpSession;
import jakarta.websocket.CloseReason;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sends back what it is sent, and does as it is told. */
@ServerEndpoint(value = "/echo/{name}", configurator = Echo.WithSession.class)
public final class Echo {

    static final Set<Session> OPEN = ConcurrentHashMap.newKeySet();
    static final List<String> CLOSED = new CopyOnWriteArrayList<>();

    /** Hands the HTTP session of the handshake to the endpoint. */
    public static final class WithSession extends ServerEndpointConfig.Configurator {

        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            if (request.getHttpSession() instanceof HttpSession session) {
                config.getUserProperties().put("fish", String.valueOf(session.getAttribute("fish")));
            }
            response.getHeaders()
                    .put(
                            "X-Worker",
                            List.of(Long.toString(ProcessHandle.current().pid())));
        }

        @Override
        public boolean checkOrigin(String origin) {
            return !"http://evil.example".equals(origin);
        }
    }

    @OnOpen
    public void open(Session session, EndpointConfig config, @PathParam("name") String name) throws IOException {
        OPEN.add(session);
        session.getBasicRemote()
                .sendText("open " + name + " " + session.getQueryString() + " "
                        + config.getUserProperties().get("fish") + " " + Here.thread());
    }

    @OnMessage
    public String text(String message, Session session) throws IOException, InterruptedException {
        if (message.startsWith("close ")) {
            session.close(
                    new CloseReason(CloseReason.CloseCodes.getCloseCode(Integer.parseInt(message.substring(6))), ""));
            return "";
        }
        if (message.startsWith("sleep ")) {
            Thread.sleep(Integer.parseInt(message.substring(6, message.indexOf('.'))));
            return "slept";
        }
        return switch (message) {
            case "thread" -> Here.thread();
            case "fail" -> throw new IllegalStateException("as asked");
            case "pid" -> Long.toString(ProcessHandle.current().pid());
            case "large" -> {
                session.getBasicRemote().sendText("x".repeat(3_000_000));
                yield "sent";
            }
            default -> message;
        };
    }

    @OnMessage
    public ByteBuffer bytes(ByteBuffer message) {
        return message;
    }

    @OnMessage
    public void pong(PongMessage message, Session session) throws IOException {
        session.getBasicRemote().sendText("pong");
    }

    @OnError
    public void error(Session session, Throwable error) throws IOException {
        if (session.isOpen()) {
            session.getBasicRemote().sendText("error " + error.getMessage() + " " + Here.thread());
        }
    }

    @OnClose
    public void close(Session session, CloseReason reason, @PathParam("name") String name) {
        OPEN.remove(session);
        var extensions = session.getNegotiatedExtensions().stream()
                .map(Extension::getName)
                .toList();
        CLOSED.add(name + " " + reason.getCloseCode().getCode() + " " + Here.thread() + " " + extensions);
    }
}
