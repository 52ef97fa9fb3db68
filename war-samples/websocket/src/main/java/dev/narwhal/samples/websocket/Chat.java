package dev.narwhal.samples.websocket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.EncodeException;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A room: what one says, all hear. There is an instance for each socket. */
@ServerEndpoint(
        value = "/chat/{room}",
        encoders = MessageEncoder.class,
        decoders = MessageDecoder.class,
        subprotocols = "chat.narwhal")
public final class Chat {

    private static final Map<String, Set<Session>> ROOMS = new ConcurrentHashMap<>();

    private Set<Session> room = Set.of();

    @OnOpen
    public void enter(Session session, @PathParam("room") String name) {
        room = ROOMS.computeIfAbsent(name, _ -> ConcurrentHashMap.newKeySet());
        room.add(session);
        tell(new Message("server", room.size() + " in " + name));
    }

    @OnMessage(maxMessageSize = 4096)
    public void say(Message message) {
        tell(message);
    }

    @OnClose
    public void leave(Session session, CloseReason reason) {
        room.remove(session);
        tell(new Message("server", "somebody left (" + reason.getCloseCode().getCode() + ")"));
    }

    @OnError
    public void fail(Session session, Throwable error) throws IOException {
        session.close(new CloseReason(CloseReason.CloseCodes.CANNOT_ACCEPT, "say it as name: text"));
    }

    private void tell(Message message) {
        for (var session : room) {
            synchronized (session) { // a socket takes one message at a time
                try {
                    session.getBasicRemote().sendObject(message);
                } catch (EncodeException e) {
                    throw new IllegalArgumentException(e);
                } catch (IOException e) {
                    if (session.isOpen()) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        }
    }
}
