package dev.narwhal.websocket;

import io.undertow.connector.ByteBufferPool;
import io.undertow.util.Headers;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.protocol.version13.Hybi13Handshake;
import io.undertow.websockets.core.protocol.version13.WebSocket13Channel;
import io.undertow.websockets.extensions.CompositeExtensionFunction;
import io.undertow.websockets.extensions.ExtensionFunction;
import io.undertow.websockets.extensions.PerMessageDeflateHandshake;
import io.undertow.websockets.spi.WebSocketHttpExchange;
import java.util.List;
import java.util.Set;
import org.xnio.StreamConnection;

/** Makes channels that are not open any more once they were closed on this side, as {@code Session.isOpen} has it; Undertow's are until the client has answered. */
final class Channels extends Hybi13Handshake {

    Channels() {
        super(Set.of(), false);
        addExtension(new PerMessageDeflateHandshake());
    }

    @Override
    public WebSocketChannel createChannel(
            WebSocketHttpExchange exchange, StreamConnection connection, ByteBufferPool pool) {
        return new Channel(exchange, connection, pool, initExtensions(exchange));
    }

    private static final class Channel extends WebSocket13Channel {

        private Channel(
                WebSocketHttpExchange exchange,
                StreamConnection connection,
                ByteBufferPool pool,
                List<ExtensionFunction> extensions) {
            super(
                    connection,
                    pool,
                    getWebSocketLocation(exchange),
                    exchange.getResponseHeader(Headers.SEC_WEB_SOCKET_PROTOCOL_STRING),
                    false,
                    !extensions.isEmpty(),
                    CompositeExtensionFunction.compose(extensions),
                    exchange.getPeerConnections(),
                    exchange.getOptions());
        }

        /** Undertow itself asks on the I/O thread, and reads on until the client has answered. */
        @Override
        public boolean isOpen() {
            return super.isOpen() && (isInIoThread() || !isCloseFrameSent());
        }

        private boolean isInIoThread() {
            return Thread.currentThread().equals(getIoThread());
        }
    }
}
