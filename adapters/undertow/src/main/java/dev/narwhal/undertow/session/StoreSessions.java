package dev.narwhal.undertow.session;

import dev.narwhal.worker.feature.HeldSessions;
import dev.narwhal.worker.session.Activation;
import dev.narwhal.worker.session.Reaper;
import dev.narwhal.worker.session.SessionView;
import dev.narwhal.worker.session.Sessions;
import dev.narwhal.worker.session.StoreException;
import dev.narwhal.worker.session.TooManySessionsException;
import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.session.SecureRandomSessionIdGenerator;
import io.undertow.server.session.Session;
import io.undertow.server.session.SessionConfig;
import io.undertow.server.session.SessionIdGenerator;
import io.undertow.server.session.SessionListener;
import io.undertow.server.session.SessionListener.SessionDestroyedReason;
import io.undertow.server.session.SessionListeners;
import io.undertow.server.session.SessionManager;
import io.undertow.server.session.SessionManagerStatistics;
import io.undertow.server.session.SessionReferenceConfig;
import io.undertow.servlet.api.Deployment;
import io.undertow.servlet.core.SessionListenerBridge;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.servlet.spec.HttpSessionImpl;
import io.undertow.util.AttachmentKey;
import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionEvent;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The session manager of one application. */
public final class StoreSessions implements SessionManager {

    private static final int DEFAULT_TIMEOUT_SECONDS = 30 * 60;
    private static final int MOST_CAUSES = 20;

    /** Expired sessions that are ended without a break. */
    private static final int AT_ONCE = 4;

    private static final long BREAK_NANOS = 50_000;
    private static final long ROUND_NANOS = Duration.ofSeconds(1).toNanos();

    private final AttachmentKey<Attached> attachment = AttachmentKey.create(Attached.class);
    private final SessionListeners listeners = new SessionListeners();
    private final SessionListeners idListeners = new SessionListeners();
    private volatile @Nullable AttributeEvents events;
    private final SessionIdGenerator ids = new SecureRandomSessionIdGenerator();
    private final String name;
    private final Sessions sessions;
    private final String route;
    private final Optional<Together> together;
    private final Reaper reaper;
    private final Reaper.Expiring expiring = this::expire;
    private final BeforeResponse beforeResponse = new BeforeResponse(this);
    private volatile int timeoutSeconds = DEFAULT_TIMEOUT_SECONDS;
    private volatile @Nullable Deployment deployment;

    /**
     * @param context the context path
     * @param classLoader of the application
     * @param distributable whether the application says of itself that it may run in several JVMs; then a value that cannot be shared is
     *     refused (Servlet 6.1 §7.7.2). Others were written for one JVM, where such a value is fine
     */
    public StoreSessions(String context, ClassLoader classLoader, boolean distributable, SharedSessions shared) {
        this.name = context;
        this.route = shared.route();
        this.together = shared.together();
        this.reaper = shared.reaper();
        this.sessions = new Sessions(
                shared.store(),
                context,
                shared.alone() || !distributable || shared.rules().sticky(),
                new UndertowAttributes(classLoader, shared.rules().allow()),
                new Activating(),
                shared.rules(),
                shared.counters());
    }

    /** For who holds on to sessions beyond requests. */
    public HeldSessions held() {
        return sessions;
    }

    /** What ends the application's part in a request. To be the first of its listeners, which is called last. */
    public RequestEnd requestEnd() {
        return new RequestEnd(this);
    }

    /** Keeps a request from the application whose session cannot be read. */
    public HttpHandler gate(HttpHandler application) {
        return exchange -> {
            try {
                var context = exchange.getAttachment(ServletRequestContext.ATTACHMENT_KEY);
                getSession(exchange, context.getCurrentServletContext().getSessionConfig());
            } catch (StoreException e) {
                return; // the response is what BeforeResponse makes of it
            }
            application.handleRequest(exchange);
        };
    }

    /** As a {@link io.undertow.servlet.api.SessionManagerFactory}. */
    public SessionManager bind(Deployment deployment) {
        this.deployment = deployment;
        return this;
    }

    @Override
    public String getDeploymentName() {
        return name;
    }

    @Override
    public void start() {
        reaper.add(expiring);
    }

    /** The sessions live on, in other workers. */
    @Override
    public void stop() {
        reaper.remove(expiring);
    }

    /**
     * What is left is the next round's. A store's lock goes to whoever asks first, not to whoever waits longest; without a break now and then requests
     * would get no turn as long as sessions expire.
     */
    private void expire(long now) {
        long start = System.nanoTime();
        int ended = 0;
        for (var expired = sessions.takeExpired(now); expired.isPresent(); expired = sessions.takeExpired(now)) {
            new StoreSession(this, expired.get(), null).destroyed(null, SessionDestroyedReason.TIMEOUT);
            if (++ended % AT_ONCE == 0) {
                LockSupport.parkNanos(BREAK_NANOS);
                if (Thread.currentThread().isInterrupted() || System.nanoTime() - start > ROUND_NANOS) {
                    return;
                }
            }
        }
    }

    @Override
    public Session createSession(HttpServerExchange exchange, SessionConfig config) {
        var id = config instanceof SessionReferenceConfig ? config.findSessionId(exchange) : newId();
        var session = new StoreSession(this, create(exchange, id), config);
        attach(exchange).session(session);
        config.setSessionId(exchange, id);
        listeners.sessionCreated(session, exchange);
        return session;
    }

    private SessionView create(HttpServerExchange exchange, String id) {
        try {
            return sessions.create(id, System.currentTimeMillis(), timeoutSeconds);
        } catch (StoreException e) {
            throw failed(exchange, e);
        } catch (TooManySessionsException e) {
            attach(exchange);
            beforeResponse.say(e.getMessage());
            throw e;
        }
    }

    /** Whether a request has failed because there are too many sessions; then it gets a 503. */
    public boolean refused(HttpServerExchange exchange, Throwable failure) {
        int depth = 0;
        for (var cause = failure; cause != null && depth < MOST_CAUSES; cause = cause.getCause(), depth++) {
            if (cause instanceof TooManySessionsException) {
                var _ = failed(exchange, new StoreException(String.valueOf(cause.getMessage()), cause));
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable Session getSession(@Nullable HttpServerExchange exchange, SessionConfig config) {
        if (exchange != null) {
            var attached = exchange.getAttachment(attachment);
            var session = attached == null ? null : attached.session();
            if (session != null && !session.isInvalid()) {
                return session;
            }
            if (attached != null && attached.hasFailed()) {
                return null; // the request is lost already
            }
        }
        var id = config.findSessionId(exchange);
        return id == null ? null : find(exchange, id, config);
    }

    private @Nullable StoreSession find(@Nullable HttpServerExchange exchange, String id, SessionConfig config) {
        try {
            var found = sessions.find(id, System.currentTimeMillis());
            if (found.isEmpty()) {
                return null;
            }
            var session = new StoreSession(this, found.get(), config);
            if (exchange != null) {
                attach(exchange).session(session);
            }
            return session;
        } catch (StoreException e) {
            throw failed(exchange, e);
        }
    }

    @Override
    public @Nullable Session getSession(@Nullable String id) {
        return id == null
                ? null
                : sessions.find(id, System.currentTimeMillis())
                        .map(found -> new StoreSession(this, found, null))
                        .orElse(null);
    }

    private Attached attach(HttpServerExchange exchange) {
        var attached = exchange.getAttachment(attachment);
        if (attached == null) {
            attached = new Attached();
            exchange.putAttachment(attachment, attached);
            if (exchange.isResponseChannelAvailable()) {
                exchange.addResponseWrapper(beforeResponse);
            }
        }
        return attached;
    }

    void detach(HttpServerExchange exchange) {
        attach(exchange).session(null);
    }

    /** Makes sure that the request is not answered as if nothing had happened. */
    StoreException failed(@Nullable HttpServerExchange exchange, StoreException failure) {
        if (exchange != null) {
            attach(exchange).failed(failure);
        }
        return failure;
    }

    /** @throws StoreException if the response must not leave */
    void beforeResponse(HttpServerExchange exchange) {
        var attached = exchange.getAttachment(attachment);
        if (attached != null) {
            attached.beforeResponse();
        }
    }

    /** By Undertow, which may call it while the application is still at it: after a redirect. */
    void requestDone(HttpServerExchange exchange) {
        var context = exchange.getAttachment(ServletRequestContext.ATTACHMENT_KEY);
        save(exchange, context == null || !context.isRunningInsideHandler());
    }

    /**
     * Saves the session of a request that is over but for its response, together with those of others. The request leaves its thread and goes on when that is
     * done.
     *
     * @return false where it must be saved at once, if there is anything to save
     */
    boolean saveTogether(ServletRequestContext context) {
        var exchange = context.getExchange();
        var attached = exchange.getAttachment(attachment);
        if (together.isEmpty()
                || attached == null
                || exchange.isDispatched()
                || exchange.isUpgrade()
                || exchange.isResponseStarted()
                || exchange.isResponseComplete()
                || context.getOriginalRequest().getAsyncContextInternal() != null) {
            return false;
        }
        var held = together.get().hold();
        boolean begun = attached.saveTogether(together.get().group(), held::written);
        if (begun) {
            var response = context.getOriginalResponse();
            HttpHandler rest = _ -> response.responseDone();
            exchange.dispatch(held, () -> Connectors.executeRootHandler(rest, exchange));
        }
        return begun;
    }

    void save(HttpServerExchange exchange, boolean last) {
        var attached = exchange.getAttachment(attachment);
        if (attached != null) {
            var failure = attached.save(last);
            if (failure.isPresent() && exchange.isResponseStarted()) {
                beforeResponse.say(
                        failure.get().getMessage() + " What a request has changed after its response began is lost.");
            }
        }
    }

    String newId() {
        return ids.createSessionId() + route;
    }

    SessionListeners listeners() {
        return listeners;
    }

    SessionListeners idListeners() {
        return idListeners;
    }

    AttributeEvents events() {
        return Objects.requireNonNull(events, "a session before its application is deployed");
    }

    @Override
    public void registerSessionListener(SessionListener listener) {
        if (listener instanceof SessionListenerBridge) {
            // The application's: of its new id they are told by the request itself, and would be twice. Undertow's
            // bridge tells them of a servlet context that has been replaced.
            events = new AttributeEvents(bound());
            listeners.addSessionListener(events);
        } else {
            listeners.addSessionListener(listener);
            idListeners.addSessionListener(listener);
        }
    }

    private Deployment bound() {
        return Objects.requireNonNull(deployment, "a session before its application is deployed");
    }

    @Override
    public void removeSessionListener(SessionListener listener) {
        listeners.removeSessionListener(listener);
        idListeners.removeSessionListener(listener);
    }

    @Override
    public void setDefaultSessionTimeout(int seconds) {
        timeoutSeconds = seconds;
    }

    /** None ends with this process. */
    @Override
    public Set<String> getTransientSessions() {
        return Set.of();
    }

    @Override
    public Set<String> getActiveSessions() {
        return getAllSessions();
    }

    @Override
    public Set<String> getAllSessions() {
        return sessions.ids();
    }

    @Override
    public @Nullable SessionManagerStatistics getStatistics() {
        return null;
    }

    @Override
    public boolean isDistributed() {
        return true;
    }

    private final class Activating implements Activation {

        @Override
        public void activated(SessionView session, HttpSessionActivationListener value) {
            value.sessionDidActivate(event(session));
        }

        @Override
        public void passivating(SessionView session, HttpSessionActivationListener value) {
            value.sessionWillPassivate(event(session));
        }

        private HttpSessionEvent event(SessionView session) {
            return new HttpSessionEvent(HttpSessionImpl.forSession(
                    new StoreSession(StoreSessions.this, session, null), bound().getServletContext(), false));
        }
    }
}
