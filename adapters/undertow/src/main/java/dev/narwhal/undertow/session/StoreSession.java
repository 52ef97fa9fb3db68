package dev.narwhal.undertow.session;

import dev.narwhal.undertow.event.ListenerFailure;
import dev.narwhal.worker.session.SessionView;
import dev.narwhal.worker.session.StoreException;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.session.Session;
import io.undertow.server.session.SessionConfig;
import io.undertow.server.session.SessionListener.SessionDestroyedReason;
import io.undertow.server.session.SessionManager;
import io.undertow.server.session.SessionReference;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A session as one request has it. */
final class StoreSession implements Session {

    private final StoreSessions sessions;
    private final SessionView view;
    private final @Nullable SessionConfig config;

    /** @param config how the client knows it; null outside of a request */
    StoreSession(StoreSessions sessions, SessionView view, @Nullable SessionConfig config) {
        this.sessions = sessions;
        this.view = view;
        this.config = config;
    }

    SessionView view() {
        return view;
    }

    @Override
    public String getId() {
        return view.id();
    }

    /**
     * Not this object: whoever keeps a reference for later wants the session as it is then. It leads nowhere once the session has another id (Servlet
     * 6.1, {@code HttpSession.Accessor}).
     */
    @Override
    public SessionReference getReference() {
        if (isInvalid()) {
            throw new IllegalStateException("getting an accessor of a session: it has been ended");
        }
        var id = view.id();
        return new SessionReference() {
            @Override
            public String getId() {
                return id;
            }

            @Override
            public SessionManager getSessionManager() {
                return sessions;
            }
        };
    }

    @Override
    public void requestDone(@Nullable HttpServerExchange exchange) {
        if (exchange == null) {
            view.done(System.currentTimeMillis());
        } else {
            sessions.requestDone(exchange);
        }
    }

    @Override
    public long getCreationTime() {
        return view.created();
    }

    @Override
    public long getLastAccessedTime() {
        return view.accessed();
    }

    @Override
    public void setMaxInactiveInterval(int seconds) {
        view.maxInactive(seconds);
    }

    @Override
    public int getMaxInactiveInterval() {
        return view.maxInactive();
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return view.get(name).orElse(null);
    }

    @Override
    public Set<String> getAttributeNames() {
        return view.names();
    }

    @Override
    public @Nullable Object setAttribute(String name, @Nullable Object value) {
        if (value == null) {
            return removeAttribute(name);
        }
        if (value instanceof HttpSessionBindingListener binding) {
            sessions.events().bound(this, name, binding, view.get(name).orElse(null));
        }
        var replaced = view.set(name, value).orElse(null);
        ListenerFailure.uncover(() -> {
            if (replaced == null) {
                sessions.listeners().attributeAdded(this, name, value);
            } else {
                sessions.listeners().attributeUpdated(this, name, value, replaced);
            }
        });
        return replaced;
    }

    @Override
    public @Nullable Object removeAttribute(String name) {
        var removed = view.remove(name).orElse(null);
        if (removed != null) {
            ListenerFailure.uncover(() -> sessions.listeners().attributeRemoved(this, name, removed));
        }
        return removed;
    }

    @Override
    public void invalidate(@Nullable HttpServerExchange exchange) {
        try {
            if (!view.beginEnd()) {
                throw new IllegalStateException("invalidating a session: it was ended before");
            }
        } catch (StoreException e) {
            throw sessions.failed(exchange, e);
        }
        var id = view.id();
        try {
            destroyed(exchange, SessionDestroyedReason.INVALIDATED);
        } finally { // whatever listeners think of it
            if (exchange != null) {
                sessions.detach(exchange);
                if (config != null) {
                    config.clearSession(exchange, id);
                }
            }
        }
    }

    /** Tells the listeners, who can still read the session; then nobody can. */
    void destroyed(@Nullable HttpServerExchange exchange, SessionDestroyedReason reason) {
        try {
            ListenerFailure.uncover(() -> sessions.listeners().sessionDestroyed(this, exchange, reason));
        } finally {
            view.end();
        }
    }

    @Override
    public SessionManager getSessionManager() {
        return sessions;
    }

    @Override
    public String changeSessionId(HttpServerExchange exchange, SessionConfig config) {
        var before = view.id();
        var id = sessions.newId();
        try {
            view.rename(id);
        } catch (StoreException e) {
            throw sessions.failed(exchange, e);
        }
        config.setSessionId(exchange, id);
        sessions.idListeners().sessionIdChanged(this, before);
        return id;
    }

    @Override
    public boolean isInvalid() {
        return !view.valid();
    }
}
