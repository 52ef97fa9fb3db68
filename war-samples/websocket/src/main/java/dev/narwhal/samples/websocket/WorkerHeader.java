package dev.narwhal.samples.websocket;

import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;

/** Marks the handshake with the process that answers it. */
public final class WorkerHeader extends ServerEndpointConfig.Configurator {

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        response.getHeaders()
                .put("X-Worker", List.of(Long.toString(ProcessHandle.current().pid())));
    }
}
