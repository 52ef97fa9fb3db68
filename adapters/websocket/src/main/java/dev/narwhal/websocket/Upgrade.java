package dev.narwhal.websocket;

import io.undertow.servlet.websockets.ServletWebSocketHttpExchange;
import io.undertow.util.StatusCodes;
import io.undertow.websockets.extensions.PerMessageDeflateHandshake;
import io.undertow.websockets.jsr.ConfiguredServerEndpoint;
import io.undertow.websockets.jsr.handshake.HandshakeUtil;
import io.undertow.websockets.jsr.handshake.JsrHybi13Handshake;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Answers one handshake (RFC 6455 §4.2) and connects the socket to its endpoint. */
final class Upgrade {

    private static final String VERSION_HEADER = "Sec-WebSocket-Version";
    private static final String VERSION = "13";

    private final Container container;
    private final ConfiguredServerEndpoint endpoint;
    private final Map<String, String> pathParameters;

    Upgrade(Container container, ConfiguredServerEndpoint endpoint, Map<String, String> pathParameters) {
        this.container = container;
        this.endpoint = endpoint;
        this.pathParameters = pathParameters;
    }

    static boolean isAskedFor(HttpServletRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var exchange = new ServletWebSocketHttpExchange(request, response, ConcurrentHashMap.newKeySet());
        if (!request.getMethod().equals("GET") || request.getHeader("Sec-WebSocket-Key") == null) {
            response.sendError(StatusCodes.BAD_REQUEST);
        } else if (!VERSION.equals(request.getHeader(VERSION_HEADER))) {
            response.setHeader(VERSION_HEADER, VERSION);
            response.sendError(StatusCodes.UPGRADE_REQUIRED);
        } else if (!HandshakeUtil.checkOrigin(endpoint.getEndpointConfiguration(), exchange)) {
            response.sendError(StatusCodes.FORBIDDEN);
        } else if (container.isDraining() || container.isClosed()) {
            response.sendError(StatusCodes.SERVICE_UNAVAILABLE);
        } else {
            upgrade(request, exchange);
        }
    }

    private void upgrade(HttpServletRequest request, ServletWebSocketHttpExchange exchange) {
        var handshake = new JsrHybi13Handshake(endpoint);
        handshake.addExtension(new PerMessageDeflateHandshake());
        exchange.putAttachment(HandshakeUtil.PATH_PARAMS, pathParameters);
        exchange.putAttachment(HandshakeUtil.PRINCIPAL, request.getUserPrincipal());
        var login = login(request);
        exchange.upgradeChannel((stream, _) -> {
            var channel = new Channels().createChannel(exchange, stream, exchange.getBufferPool());
            HandshakeUtil.setConfig(channel, endpoint, exchange);
            Connection.open(container, exchange, channel, login);
        });
        handshake.handshake(exchange);
    }

    /** The HTTP session of a user who is logged in. */
    private static Optional<String> login(HttpServletRequest request) {
        var session = request.getSession(false);
        return session == null || request.getUserPrincipal() == null ? Optional.empty() : Optional.of(session.getId());
    }
}
