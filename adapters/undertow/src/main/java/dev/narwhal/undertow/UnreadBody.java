package dev.narwhal.undertow;

import io.undertow.server.DefaultResponseListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.Headers;

/**
 * Takes the rest of a body that the application has not read.
 *
 * <p>Undertow does so where a connection goes on, for as long as the client likes; {@code Connections} ends those that send nothing any more.
 *
 * <p>Where the answer is the last one of its connection Undertow stops reading at once, and what the client still sends resets the connection, perhaps
 * before the client has read its answer. So at the end of such a request the connection is one that goes on, and is closed when all has come.
 */
final class UnreadBody implements DefaultResponseListener {

    /** Whom the request belongs to. */
    interface Owner {

        /** The application is done with the request. On the thread that ends the exchange, before anything is read. */
        void bodyIsLeft(HttpServerExchange exchange);
    }

    private final Owner owner;

    private UnreadBody(Owner owner) {
        this.owner = owner;
    }

    /** At the beginning of a request. */
    static void await(HttpServerExchange exchange, Owner owner) {
        if (!exchange.isRequestComplete()) {
            exchange.addDefaultResponseListener(new UnreadBody(owner));
        }
    }

    /** At its end, after the application. */
    @Override
    public boolean handleDefaultResponse(HttpServerExchange exchange) {
        if (!exchange.isRequestComplete() && !exchange.isUpgrade() && !holdsBodyBack(exchange)) {
            if (!exchange.isPersistent()) {
                endLater(exchange);
            }
            owner.bodyIsLeft(exchange);
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
