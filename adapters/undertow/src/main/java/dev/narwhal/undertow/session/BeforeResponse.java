package dev.narwhal.undertow.session;

import dev.narwhal.worker.session.StoreException;
import io.undertow.server.ConduitWrapper;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.ConduitFactory;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.conduits.StreamSinkConduit;

/**
 * Saves the session before the first byte of the response. If that is impossible, what the application has to say must not be said; the client
 * gets a 503 instead, or a 500 if trying again is of no use.
 */
final class BeforeResponse implements ConduitWrapper<StreamSinkConduit> {

    private static final Logger log = LoggerFactory.getLogger(BeforeResponse.class);
    private static final String RETRY_AFTER_SECONDS = "1";

    private final StoreSessions sessions;
    private final Seldom seldom = new Seldom();

    BeforeResponse(StoreSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public StreamSinkConduit wrap(ConduitFactory<StreamSinkConduit> factory, HttpServerExchange exchange) {
        try {
            sessions.beforeResponse(exchange);
            return factory.create();
        } catch (StoreException e) {
            int status = e.isLasting() ? StatusCodes.INTERNAL_SERVER_ERROR : StatusCodes.SERVICE_UNAVAILABLE;
            if (!e.isTold()) {
                say(e.getMessage()
                        + (e.isLasting() ? " The request gets a 500." : " Requests that need a session get a 503."));
            }
            exchange.setStatusCode(status);
            exchange.getResponseHeaders().clear();
            exchange.getResponseHeaders().put(Headers.CONTENT_LENGTH, "0");
            if (!e.isLasting()) {
                exchange.getResponseHeaders().put(Headers.RETRY_AFTER, RETRY_AFTER_SECONDS);
            }
            forgetCookies(exchange);
            return new SilentConduit(factory.create());
        }
    }

    /** Not for every request. */
    void say(@Nullable String text) {
        if (seldom.now(System.nanoTime())) {
            log.error("{}", text);
        }
    }

    @SuppressWarnings("removal") // there is no other way to take a cookie back
    private static void forgetCookies(HttpServerExchange exchange) {
        exchange.getResponseCookies().clear();
    }
}
