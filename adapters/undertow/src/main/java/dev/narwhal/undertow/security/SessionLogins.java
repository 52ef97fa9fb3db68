package dev.narwhal.undertow.security;

import dev.narwhal.undertow.event.ListenerFailure;
import io.undertow.security.api.AuthenticatedSessionManager;
import io.undertow.security.api.NotificationReceiver;
import io.undertow.security.api.SecurityNotification;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.session.Session;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.servlet.handlers.security.CachedAuthenticatedSessionHandler;
import io.undertow.servlet.spec.ServletContextImpl;
import io.undertow.servlet.util.SavedRequest;
import org.jspecify.annotations.Nullable;

/**
 * Keeps in the session who has logged in, as Tomcat does: after FORM and {@code login()} in a new one if there is none, after BASIC and DIGEST in
 * one that exists. The session gets another id then, so that an id that was planted before is worth nothing.
 */
final class SessionLogins implements HttpHandler, NotificationReceiver, AuthenticatedSessionManager {

    private static final String LOGIN = CachedAuthenticatedSessionHandler.ATTRIBUTE_NAME;

    private final HttpHandler next;
    private final ServletContextImpl context;

    SessionLogins(HttpHandler next, ServletContextImpl context) {
        this.next = next;
        this.context = context;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        exchange.getSecurityContext().registerNotificationReceiver(this);
        var session = context.getSession(exchange, false);
        if (session != null) {
            exchange.putAttachment(AuthenticatedSessionManager.ATTACHMENT_KEY, this);
            SavedRequest.tryRestoreRequest(exchange, session);
        }
        next.handleRequest(exchange);
    }

    @Override
    public void handleNotification(SecurityNotification notification) {
        switch (notification.getEventType()) {
            case AUTHENTICATED -> loggedIn(notification);
            case LOGGED_OUT -> clearSession(notification.getExchange());
            case FAILED_AUTHENTICATION -> {}
        }
    }

    private void loggedIn(SecurityNotification notification) {
        var exchange = notification.getExchange();
        boolean create = notification.isProgramatic() || notification.isCachingRequired();
        var session = ListenerFailure.uncovered(() -> context.getSession(exchange, create));
        if (session == null) {
            return;
        }
        var login = new AuthenticatedSession(notification.getAccount(), notification.getMechanism());
        if (isSame(login, lookupSession(exchange))) {
            return;
        }
        if (!session.isNew()) {
            var request =
                    exchange.getAttachment(ServletRequestContext.ATTACHMENT_KEY).getOriginalRequest();
            ListenerFailure.uncover(request::changeSessionId);
        }
        session.getSession().setAttribute(LOGIN, login);
    }

    /** By name: what comes from the store has a principal of another class. */
    private static boolean isSame(AuthenticatedSession login, @Nullable AuthenticatedSession before) {
        return before != null
                && before.getAccount()
                        .getPrincipal()
                        .getName()
                        .equals(login.getAccount().getPrincipal().getName())
                && before.getMechanism().equals(login.getMechanism());
    }

    @Override
    public @Nullable AuthenticatedSession lookupSession(HttpServerExchange exchange) {
        var session = session(exchange);
        return session == null ? null : (AuthenticatedSession) session.getAttribute(LOGIN);
    }

    @Override
    public void clearSession(HttpServerExchange exchange) {
        var session = session(exchange);
        if (session != null) {
            session.removeAttribute(LOGIN);
        }
    }

    private @Nullable Session session(HttpServerExchange exchange) {
        var session = context.getSession(exchange, false);
        return session == null ? null : session.getSession();
    }
}
