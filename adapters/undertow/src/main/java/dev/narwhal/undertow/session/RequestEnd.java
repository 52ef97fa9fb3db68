package dev.narwhal.undertow.session;

import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;

/** Saves the session when the application has finished with a request, before Undertow sends what is left of the response. */
public final class RequestEnd implements ServletRequestListener {

    private final StoreSessions sessions;

    RequestEnd(StoreSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        var context = ServletRequestContext.current();
        if (context != null && !sessions.saveTogether(context)) {
            var exchange = context.getExchange();
            sessions.save(exchange, !exchange.isDispatched());
        }
    }
}
