package dev.narwhal.websocket;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.nio.ByteBuffer;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Sends, and tells handlers of the session that the application knows. */
record AsyncRemote(RemoteEndpoint.Async remote, StandardSession session) implements Remote, RemoteEndpoint.Async {

    private @Nullable SendHandler standard(@Nullable SendHandler handler) {
        return handler == null
                ? null // which is refused
                : result -> handler.onResult(
                        result.isOK() ? new SendResult(session) : new SendResult(session, result.getException()));
    }

    @Override
    public long getSendTimeout() {
        return remote.getSendTimeout();
    }

    @Override
    public void setSendTimeout(long millis) {
        remote.setSendTimeout(millis);
    }

    @Override
    public void sendText(String text, @Nullable SendHandler handler) {
        remote.sendText(text, standard(handler));
    }

    @Override
    public Future<Void> sendText(String text) {
        return remote.sendText(text);
    }

    @Override
    public Future<Void> sendBinary(ByteBuffer data) {
        return remote.sendBinary(data);
    }

    @Override
    public void sendBinary(ByteBuffer data, @Nullable SendHandler handler) {
        remote.sendBinary(data, standard(handler));
    }

    @Override
    public Future<Void> sendObject(Object data) {
        return remote.sendObject(data);
    }

    @Override
    public void sendObject(Object data, @Nullable SendHandler handler) {
        remote.sendObject(data, standard(handler));
    }
}
