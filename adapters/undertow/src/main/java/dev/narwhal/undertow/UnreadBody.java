package dev.narwhal.undertow;

import io.undertow.server.DefaultResponseListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.Headers;

/**
 * Takes the rest of a body that the application has not read, also when the answer is the last one on its connection. Undertow does so where a connection
 * goes on; else it stops reading at once, and what the client still sends resets the connection, perhaps before the client has read its answer. So
 * at the end of such a request the connection is one that goes on, and is closed when all has come.
 */
final class UnreadBody implements DefaultResponseListener {

    private static final UnreadBody INSTANCE = new UnreadBody();

    private UnreadBody() {}

    /** At the beginning of a request. */
    static void await(HttpServerExchange exchange) {
        if (!exchange.isRequestComplete()) {
            exchange.addDefaultResponseListener(INSTANCE);
        }
    }

    /** At its end, after the application, and again never. */
    @Override
    public boolean handleDefaultResponse(HttpServerExchange exchange) {
        if (!exchange.isPersistent()
                && !exchange.isRequestComplete()
                && !exchange.isUpgrade()
                && !holdsBodyBack(exchange)) {
            if (!exchange.isResponseStarted()) {
                exchange.getResponseHeaders().put(Headers.CONNECTION, Headers.CLOSE.toString());
            }
            exchange.setPersistent(true);
            exchange.addExchangeCompleteListener((ended, next) -> {
                ended.setPersistent(false);
                next.proceed();
            });
        }
        return false;
    }

    /** A client that has not been told to continue. */
    private static boolean holdsBodyBack(HttpServerExchange exchange) {
        return HttpContinue.requiresContinueResponse(exchange.getRequestHeaders())
                && !HttpContinue.isContinueResponseSent(exchange);
    }
}
