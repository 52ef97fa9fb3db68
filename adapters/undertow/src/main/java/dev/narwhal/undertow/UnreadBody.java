package dev.narwhal.undertow;

import dev.narwhal.undertow.accept.Connections;
import io.undertow.server.DefaultResponseListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.Headers;

/**
 * Takes the rest of a body that the application has not read.
 *
 * <p>Undertow does so where a connection goes on, for as long as the client likes; {@link Connections#lingers} ends those that send nothing any more.
 *
 * <p>Where the answer is the last one of its connection Undertow stops reading at once, and what the client still sends resets the connection, perhaps
 * before the client has read its answer. So at the end of such a request the connection is one that goes on, and is closed when all has come.
 */
final class UnreadBody implements DefaultResponseListener {

    private final Connections connections;
    private final Connections.Tracked connection;

    private UnreadBody(Connections connections, Connections.Tracked connection) {
        this.connections = connections;
        this.connection = connection;
    }

    /** At the beginning of a request. */
    static void await(HttpServerExchange exchange, Connections connections, Connections.Tracked connection) {
        if (!exchange.isRequestComplete()) {
            exchange.addDefaultResponseListener(new UnreadBody(connections, connection));
        }
    }

    /** At its end, after the application. */
    @Override
    public boolean handleDefaultResponse(HttpServerExchange exchange) {
        if (!exchange.isRequestComplete() && !exchange.isUpgrade() && !holdsBodyBack(exchange)) {
            if (!exchange.isPersistent()) {
                endLater(exchange);
            }
            if (exchange.isResponseComplete() || !exchange.isResponseStarted()) {
                connections.lingers(connection);
            }
        }
        return false;
    }

    private static void endLater(HttpServerExchange exchange) {
        if (!exchange.isResponseStarted()) {
            exchange.getResponseHeaders().put(Headers.CONNECTION, Headers.CLOSE.toString());
        }
        exchange.setPersistent(true);
        exchange.addExchangeCompleteListener((ended, next) -> {
            ended.setPersistent(false);
            next.proceed();
        });
    }

    /** A client that has not been told to continue. */
    private static boolean holdsBodyBack(HttpServerExchange exchange) {
        return HttpContinue.requiresContinueResponse(exchange.getRequestHeaders())
                && !HttpContinue.isContinueResponseSent(exchange);
    }
}
