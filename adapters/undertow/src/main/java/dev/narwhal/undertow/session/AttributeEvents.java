package dev.narwhal.undertow.session;

import io.undertow.server.session.Session;
import io.undertow.servlet.api.Deployment;
import io.undertow.servlet.core.ApplicationListeners;
import io.undertow.servlet.core.SessionListenerBridge;
import io.undertow.servlet.spec.HttpSessionImpl;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import org.jspecify.annotations.Nullable;

/**
 * Tells an application of its sessions, and of their attributes in the order of {@link HttpSession#setAttribute}: the new value, the listeners, the
 * old value. To set the value that is there already is told to the listeners and not to the value, as in Tomcat.
 */
final class AttributeEvents extends SessionListenerBridge {

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
                unbound.valueUnbound(new HttpSessionBindingEvent(httpSession, name, old));
            }
        }
    }
}
