package dev.narwhal.undertow.session;

import dev.narwhal.undertow.event.ListenerFailure;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.session.Session;
import io.undertow.servlet.api.Deployment;
import io.undertow.servlet.core.ApplicationListeners;
import io.undertow.servlet.core.SessionListenerBridge;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.servlet.spec.HttpSessionImpl;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an application of its sessions, and of their attributes in the order of {@link HttpSession#setAttribute}: the new value, the listeners, the
 * old value. To set the value that is there already is told to the listeners and not to the value, as in Tomcat.
 */
final class AttributeEvents extends SessionListenerBridge {

    private static final Logger log = LoggerFactory.getLogger(AttributeEvents.class);
    private static final String UNDERTOWS_OWN = "io.undertow";

    private final ApplicationListeners listeners;
    private final ServletContext context;

    AttributeEvents(Deployment deployment) {
        super(deployment, deployment.getApplicationListeners(), deployment.getServletContext());
        listeners = deployment.getApplicationListeners();
        context = deployment.getServletContext();
    }

    /**
     * Tells a value before it is there (§7.4).
     *
     * @param before what is there under its name
     */
    @SuppressWarnings("ReferenceEquality") // what is equal is another value all the same
    void bound(Session session, String name, HttpSessionBindingListener value, @Nullable Object before) {
        if (value != before && !name.startsWith(UNDERTOWS_OWN)) {
            value.valueBound(
                    new HttpSessionBindingEvent(HttpSessionImpl.forSession(session, context, false), name, value));
        }
    }

    @Override
    public void attributeAdded(Session session, String name, Object value) {
        if (!name.startsWith(UNDERTOWS_OWN)) {
            var httpSession = HttpSessionImpl.forSession(session, context, false);
            listeners.httpSessionAttributeAdded(httpSession, name, value);
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // what is equal is another value all the same
    public void attributeUpdated(Session session, String name, Object value, Object old) {
        if (!name.startsWith(UNDERTOWS_OWN)) {
            var httpSession = HttpSessionImpl.forSession(session, context, false);
            listeners.httpSessionAttributeReplaced(httpSession, name, old);
            if (value != old && old instanceof HttpSessionBindingListener unbound) {
                unbind(unbound, new HttpSessionBindingEvent(httpSession, name, old));
            }
        }
    }

    @Override
    public void attributeRemoved(Session session, String name, Object old) {
        if (!name.startsWith(UNDERTOWS_OWN)) {
            var httpSession = HttpSessionImpl.forSession(session, context, false);
            listeners.httpSessionAttributeRemoved(httpSession, name, old);
            if (old instanceof HttpSessionBindingListener unbound) {
                unbind(unbound, new HttpSessionBindingEvent(httpSession, name, old));
            }
        }
    }

    private static void unbind(HttpSessionBindingListener value, HttpSessionBindingEvent event) {
        try {
            value.valueUnbound(event);
        } catch (RuntimeException e) {
            if (ServletRequestContext.current() != null) { // §11.6
                throw e;
            }
            log.error(
                    "telling the session attribute '{}' of {} that it was removed: {}. The session ends all the same.",
                    event.getName(),
                    value.getClass().getName(),
                    e.toString(),
                    e);
        }
    }

    /** Whoever has ended the session hears what a listener has thrown, but only once every attribute was told. */
    @Override
    public void sessionDestroyed(Session session, HttpServerExchange exchange, SessionDestroyedReason reason) {
        try {
            super.sessionDestroyed(session, exchange, reason);
        } catch (RuntimeException | ListenerFailure first) {
            for (var name : List.copyOf(session.getAttributeNames())) {
                try {
                    session.removeAttribute(name);
                } catch (RuntimeException later) {
                    first.addSuppressed(later);
                }
            }
            throw first;
        }
    }
}
