package dev.narwhal.undertow.accept;

import dev.narwhal.contract.ScoreboardSlot;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;

/** The open connections: counted in the scoreboard, and known so that idle ones can be closed when the worker drains. */
public final class Connections {

    /** One connection. Written by the I/O thread and by the thread of its current request. */
    public static final class Tracked {

        private volatile @Nullable StreamConnection channel;
        private volatile boolean busy;
        private volatile @Nullable InFlight request;
        private volatile @Nullable LazySuspend input;
        private volatile boolean served;
        private volatile boolean upgraded;
        private volatile boolean greeted;
        /** Whether the client may still send a body that nobody wants. */
        private volatile boolean lingering;

        private volatile long since = System.nanoTime();
        /** For the watch alone. */
        private long readsSeen;

        private Tracked() {}

        /** A request has begun. */
        public void busy(InFlight begun) {
            request = begun;
            served = true;
            busy = true;
        }

        /** A request may come. */
        private void greeted() {
            since = System.nanoTime();
            greeted = true;
        }

        /** The request is over. */
        public void idle() {
            if (lingering) {
                linger(false);
            }
            since = System.nanoTime();
            busy = false;
            request = null;
        }

        private void linger(boolean begins) {
            since = System.nanoTime();
            lingering = begins;
            var source = input;
            if (source != null) {
                source.patience(begins ? LINGER : Duration.ZERO);
            }
        }

        /** Runs Undertow's part of a request's end, on that request's thread. */
        public void finish(Runnable ending) {
            var source = input;
            if (source == null) {
                ending.run();
            } else {
                source.finish(ending);
            }
        }

        /** Whether nothing has come for so long of what the client may still send. */
        private boolean stalls(long now) {
            var source = input;
            long reads = source == null ? 0 : source.reads();
            if (reads != readsSeen) {
                readsSeen = reads;
                since = now;
            }
            return lingering && now - since >= LINGER.toNanos();
        }

        boolean isFresh(long now, long limit) {
            return !served && now - since < limit;
        }

        private boolean idleLongerThan(long nanos, long now) {
            return !busy && !upgraded && now - since >= (greeted ? nanos : Math.max(nanos, GREETING_NANOS));
        }
    }

    private static final long WATCH_MILLIS = 500;
    /** How long a connection may take for its handshake once the worker drains. */
    private static final long GREETING_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** How long a client may pause that sends a body which nobody wants. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    private static final Tracked NONE = new Tracked();

    static {
        NONE.served = true;
        NONE.busy = true;
    }

    private final HttpOpenListener http;
    private final ScoreboardSlot slot;
    private final boolean parking;
    private final Map<StreamConnection, Tracked> open = new ConcurrentHashMap<>();
    private final Set<StreamConnection> watched = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean watching = new AtomicBoolean();
    private Tracked newest = NONE;

    /**
     * @param http starts to parse requests on a connection
     * @param parking whether requests run on virtual threads, which must not block in a selector
     */
    public Connections(HttpOpenListener http, ScoreboardSlot slot, boolean parking) {
        this.http = http;
        this.slot = slot;
        this.parking = parking;
    }

    /** The connection of an exchange. */
    public Tracked of(HttpServerExchange exchange) {
        return exchange.getConnection() instanceof HttpServerConnection connection
                ? open.getOrDefault(connection.getChannel(), NONE)
                : NONE;
    }

    /** Serves a connection of another worker's, which waits for no place: the request has one there. */
    public void openedByPeer(StreamConnection channel) {
        var before = newest;
        opened(channel, Greeting.NONE);
        newest = before;
    }

    /** Serves a connection that was just accepted. */
    void opened(StreamConnection accepted, Greeting greeting) {
        var tracked = new Tracked();
        tracked.input = LazySuspend.install(accepted);
        var channel = greeting.over(accepted, tracked::greeted);
        tracked.channel = channel;
        newest = tracked;
        open.put(channel, tracked);
        slot.connectionOpened();
        if (!channel.equals(accepted)) {
            // The layer above does not hear of every way in which the one below can end.
            accepted.setCloseListener(_ -> closed(channel));
        }
        if (parking) {
            ParkingConduits.install(channel);
        }
        http.handleEvent(channel);
        channel.setCloseListener(this::closed); // beside those that are there
        if (!channel.isOpen()) {
            closed(channel); // its first request may already be over
        }
    }

    /**
     * The connection no longer speaks HTTP: whoever speaks on it now ends it. Servlets that upgrade a connection take its close listener away, so it
     * is looked at from time to time.
     */
    public void upgraded(Tracked tracked) {
        tracked.upgraded = true;
        tracked.idle();
        watch(tracked);
    }

    /**
     * The application is done with the request on the connection, and the client may still send its body, which nobody wants. The connection is closed
     * when nothing of it has come for five seconds. {@link Tracked#idle} tells that all has come.
     */
    public void lingers(Tracked tracked) {
        tracked.linger(true);
        watch(tracked);
    }

    private void watch(Tracked tracked) {
        var channel = tracked.channel;
        if (channel != null) {
            watched.add(channel);
            watch(channel.getIoThread());
        }
    }

    private void watch(XnioIoThread ioThread) {
        if (!watched.isEmpty() && watching.compareAndSet(false, true)) {
            var _ = ioThread.executeAfter(() -> look(ioThread), WATCH_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look(XnioIoThread ioThread) {
        long now = System.nanoTime();
        for (var channel : List.copyOf(watched)) {
            if (!channel.isOpen()) {
                closed(channel);
            } else if (!isToBeWatched(channel)) {
                watched.remove(channel);
                if (isToBeWatched(channel)) {
                    watched.add(channel); // since its next request has just ended
                }
            } else if (stalls(channel, now)) {
                IoUtils.safeClose(channel);
            }
        }
        watching.set(false);
        watch(ioThread);
    }

    private boolean isToBeWatched(StreamConnection channel) {
        var tracked = open.get(channel);
        return tracked != null && (tracked.upgraded || tracked.lingering);
    }

    private boolean stalls(StreamConnection channel, long now) {
        var tracked = open.get(channel);
        return tracked != null && tracked.stalls(now);
    }

    private void closed(StreamConnection channel) {
        watched.remove(channel);
        var tracked = open.remove(channel);
        if (tracked != null) {
            slot.connectionClosed();
            if (newest == tracked) {
                newest = NONE;
            }
        }
    }

    /** The requests in flight. Any thread. */
    public List<InFlight> inFlight() {
        return open.values().stream()
                .map(tracked -> tracked.request)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Another number than before if anything was done for one of them meanwhile, unless the sum happens to be the same. Any thread. */
    public long moves() {
        long moves = 0;
        for (var tracked : open.values()) {
            var request = tracked.request;
            var input = tracked.input;
            if (request != null && input != null) {
                moves += request.moves(input.reads());
            }
        }
        return moves;
    }

    /** The connection that was accepted last, if it is still open. */
    Tracked newest() {
        return newest;
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /**
     * Closes connections that have been idle for that long. A request that has arrived but was not read yet is read first. On the I/O thread.
     */
    void closeIdle(Duration idle) {
        long now = System.nanoTime();
        for (var tracked : List.copyOf(open.values())) {
            var channel = tracked.channel;
            if (channel != null && tracked.idleLongerThan(idle.toNanos(), now)) {
                ChannelListeners.invokeChannelListener(
                        channel.getSourceChannel(), channel.getSourceChannel().getReadListener());
                if (tracked.idleLongerThan(idle.toNanos(), now)) {
                    IoUtils.safeClose(channel);
                }
            }
        }
    }

    /** Closes what no longer speaks HTTP. On the I/O thread. */
    void closeUpgraded() {
        for (var tracked : List.copyOf(open.values())) {
            if (tracked.channel != null && tracked.upgraded) {
                IoUtils.safeClose(tracked.channel);
            }
        }
    }
}
