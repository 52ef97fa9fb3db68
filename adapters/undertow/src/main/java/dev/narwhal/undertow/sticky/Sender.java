package dev.narwhal.undertow.sticky;

import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.UndertowClient;
import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.ProxyCallback;
import io.undertow.server.handlers.proxy.ProxyClient;
import io.undertow.server.handlers.proxy.ProxyConnection;
import io.undertow.util.AttachmentKey;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.OptionMap;

/** Opens a connection for each request: one that was kept may be to a worker that is gone, and then nobody knows what it has done. */
final class Sender implements ProxyClient {

    /**
     * Where a request is to go.
     *
     * @param otherwise what is done with it if nobody is there
     */
    record Target(int port, HttpHandler otherwise) {}

    static final AttachmentKey<Target> TARGET = AttachmentKey.create(Target.class);

    private static final ProxyTarget ANY = new ProxyTarget() {};

    @Override
    public ProxyTarget findTarget(HttpServerExchange exchange) {
        return ANY;
    }

    @Override
    public void getConnection(
            ProxyTarget any,
            HttpServerExchange exchange,
            ProxyCallback<ProxyConnection> callback,
            long timeout,
            TimeUnit timeUnit) {
        var target = exchange.getAttachment(TARGET);
        UndertowClient.getInstance()
                .connect(
                        new ClientCallback<>() {
                            @Override
                            public void completed(ClientConnection connection) {
                                connected(exchange, connection, callback);
                            }

                            @Override
                            public void failed(@Nullable IOException e) {
                                Connectors.executeRootHandler(target.otherwise(), exchange);
                            }
                        },
                        URI.create("http://127.0.0.1:" + target.port()),
                        exchange.getIoThread(),
                        exchange.getConnection().getByteBufferPool(),
                        OptionMap.EMPTY);
    }

    private static void connected(
            HttpServerExchange exchange, ClientConnection connection, ProxyCallback<ProxyConnection> callback) {
        exchange.addExchangeCompleteListener((ended, next) -> {
            if (!ended.isUpgrade()) {
                IoUtils.safeClose(connection);
            }
            next.proceed();
        });
        callback.completed(exchange, new ProxyConnection(connection, "/"));
    }
}
