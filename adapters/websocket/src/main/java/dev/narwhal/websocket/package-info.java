/**
 * Jakarta WebSocket 2.2 on Undertow's implementation. Decides which endpoints an application has, which thread their callbacks run on, how much
 * a client may send ahead, and how sockets end when the worker drains.
 *
 * <p>An application's classes that have to do with WebSockets are found when it is prepared ({@code @HandlesTypes}); without any, nothing of
 * this package but the initializer is loaded. With some, a filter at the end of the chain takes the handshakes. Callbacks run
 * where the engine's dispatcher has them, one at a time for each socket, in the order of the messages, with the application's class loader as
 * context class loader. Handshakes run on the thread of their request.
 *
 * <p>Reading order: {@code WebSocketInitializer}, {@code Endpoints}, {@code Container}, {@code HandshakeFilter}, {@code Upgrade}, {@code
 * Connection}, {@code Inbox}, {@code GuardedEndpoint}, {@code EndpointMethods}, {@code StandardSession}, {@code Remote}, {@code LoginWatch};
 * for sockets that an application opens itself, {@code Clients}, {@code ClientConnection}.
 */
@NullMarked
package dev.narwhal.websocket;

import org.jspecify.annotations.NullMarked;
