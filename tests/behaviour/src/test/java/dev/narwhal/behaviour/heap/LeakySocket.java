package dev.narwhal.behaviour.heap;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** Says what it is told. */
@ServerEndpoint("/socket")
public final class LeakySocket {

    @OnMessage
    public String echo(String text) {
        return text;
    }
}
