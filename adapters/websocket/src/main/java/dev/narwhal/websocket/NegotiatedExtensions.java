package dev.narwhal.websocket;

import io.undertow.util.Headers;
import io.undertow.websockets.WebSocketExtension;
import io.undertow.websockets.jsr.ExtensionImpl;
import io.undertow.websockets.jsr.UndertowSession;
import io.undertow.websockets.spi.WebSocketHttpExchange;
import jakarta.websocket.Extension;
import java.lang.reflect.Field;
import java.util.List;

/** What handshake and endpoint have agreed on (Jakarta WebSocket 2.2 §3.1.4). Undertow tells a session on the server's side of nothing. */
final class NegotiatedExtensions {

    private static final Field EXTENSIONS = field();

    private NegotiatedExtensions() {}

    private static Field field() {
        try {
            var field = UndertowSession.class.getDeclaredField("extensions");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("this is written for another Undertow", e);
        }
    }

    static List<Extension> of(WebSocketHttpExchange exchange) {
        var header = exchange.getResponseHeaders().get(Headers.SEC_WEB_SOCKET_EXTENSIONS_STRING);
        return header == null
                ? List.of()
                : header.stream()
                        .flatMap(line -> WebSocketExtension.parse(line).stream())
                        .map(ExtensionImpl::create)
                        .toList();
    }

    /** Before the session is open: nobody else has it yet. */
    static void tell(UndertowSession session, List<Extension> extensions) {
        try {
            EXTENSIONS.set(session, extensions);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("telling a WebSocket session of its extensions", e);
        }
    }
}
