package dev.narwhal.websocket;

import dev.narwhal.worker.feature.HeldSessions;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.jsr.OrderedExecutor;
import io.undertow.websockets.jsr.UndertowSession;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;

/**
 * What one socket has still to be told: its callbacks, one at a time and in order. When more wait than {@link #MANY}, nothing is read from
 * the client until there are {@link #FEW}, so that TCP slows it down.
 */
final class Inbox {

    private static final int MANY = 16;
    private static final int FEW = 4;

    private static final long UNKNOWN = 0;

    /** How long a client may take to confirm that the socket is closed. */
    private static final long FAREWELL_MILLIS = 2000;

    private static final Logger log = LoggerFactory.getLogger(Inbox.class);

    private final Container container;
    private final WebSocketChannel channel;
    private final Executor inOrder;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Optional<String> login;
    private volatile long sessionNumber = UNKNOWN;
    private volatile @Nullable UndertowSession session;

    // Guarded by this.
    private boolean suspended;

    /** @param login the HTTP session of the user, if one is logged in */
    Inbox(Container container, WebSocketChannel channel, Optional<String> login) {
        this.container = container;
        this.channel = channel;
        this.login = login;
        this.inOrder = new OrderedExecutor(channel.getWorker());
    }

    void open(UndertowSession opened) {
        session = opened;
    }

    void add(Runnable callback) {
        if (waiting.incrementAndGet() >= MANY) {
            suspend();
        }
        inOrder.execute(() -> {
            try {
                container.invokeEndpointMethod(callback);
            } finally {
                if (waiting.decrementAndGet() <= FEW) {
                    resume();
                }
            }
        });
    }

    private synchronized void suspend() {
        if (!suspended && channel.isReceivesResumed()) {
            suspended = true;
            channel.suspendReceives();
        }
    }

    private synchronized void resume() {
        if (suspended && waiting.get() <= FEW) {
            suspended = false;
            channel.resumeReceives();
        }
    }

    boolean belongsTo(String sessionId) {
        return login.filter(sessionId::equals).isPresent();
    }

    boolean hasLogin() {
        return login.isPresent();
    }

    /** Whether the user's HTTP session is over. Not for several threads at once. */
    boolean hasOutlived(HeldSessions sessions) {
        if (login.isEmpty()) {
            return false;
        }
        if (sessionNumber == UNKNOWN) {
            sessionNumber = sessions.number(login.get()).orElse(UNKNOWN);
        }
        return sessionNumber == UNKNOWN || !sessions.contains(sessionNumber);
    }

    void sessionIdChanged(String before, String now) {
        if (belongsTo(before)) {
            login = Optional.of(now);
        }
    }

    /** Closes the socket when what it was sent before has been dealt with, whether or not the client confirms. */
    void goAway(CloseCodes code) {
        add(() -> {
            var open = session;
            if (open != null && open.isOpen()) {
                try {
                    open.close(new CloseReason(code, ""));
                } catch (IOException | RuntimeException e) {
                    log.debug("closing a WebSocket with {}: {}", code.getCode(), e.toString());
                }
            }
            var _ = channel.getIoThread()
                    .executeAfter(() -> IoUtils.safeClose(channel), FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
        });
    }
}
