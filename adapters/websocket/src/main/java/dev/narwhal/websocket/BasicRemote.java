package dev.narwhal.websocket;

import jakarta.websocket.EncodeException;
import jakarta.websocket.RemoteEndpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;

/** Sends, and waits. */
record BasicRemote(RemoteEndpoint.Basic remote, StandardSession session) implements Remote, RemoteEndpoint.Basic {

    @Override
    public void sendText(String text) throws IOException {
        remote.sendText(text);
    }

    @Override
    public void sendBinary(ByteBuffer data) throws IOException {
        remote.sendBinary(data);
    }

    @Override
    public void sendText(String part, boolean isLast) throws IOException {
        remote.sendText(part, isLast);
    }

    @Override
    public void sendBinary(ByteBuffer part, boolean isLast) throws IOException {
        remote.sendBinary(part, isLast);
    }

    @Override
    public OutputStream getSendStream() throws IOException {
        return remote.getSendStream();
    }

    @Override
    public Writer getSendWriter() throws IOException {
        return remote.getSendWriter();
    }

    @Override
    public void sendObject(Object data) throws IOException, EncodeException {
        remote.sendObject(data);
    }
}
