package dev.narwhal.undertow.accept;

import dev.narwhal.contract.Dispatch;
import dev.narwhal.contract.Scoreboard;
import dev.narwhal.contract.ScoreboardSlot;
import dev.narwhal.contract.WorkerSpec;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.channels.AcceptingChannel;

/**
 * Takes connections from the shared listening sockets while the worker has capacity, and lets a less loaded sibling go first.
 *
 * <p>Draining means to accept until the kernel's queue has been seen empty, and never again: a connection that is queued when the
 * master stops the server is answered. Clients that come faster than they are answered do not keep a worker from its end: after as many connections
 * as a queue can hold, whoever was in it has been served.
 */
public final class AcceptGate {

    private enum Decision {
        ACCEPT,
        /** A sibling has less to do: look again in a moment, and then take it if it is still there. */
        YIELD,
        /** The last connection's request is just coming: look again in a moment. */
        WAIT,
        /** No capacity, but a sibling has some: look again in a moment. */
        ELSEWHERE,
        /** The operator has paused the server: look again later. */
        PAUSED,
        /** No capacity: wait until a request ends. */
        FULL
    }

    /** A listening socket, and how its connections begin. */
    public record Listening(AcceptingChannel<StreamConnection> server, Greeting greeting) implements Closeable {

        private void suspend() {
            server.suspendAccepts();
        }

        private void resume() {
            server.resumeAccepts();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    /** How long a less loaded sibling is given to take a waiting connection. */
    private static final long YIELD_MICROS = 1000;
    /** How long {@code sync} waits for the first request on a connection before it takes another one. */
    private static final long FIRST_REQUEST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** How often a server that was told to pause looks whether it still is. */
    private static final long PAUSED_MICROS = 50_000;

    /** How often a worker that drains looks whether a queue is empty, which does not signal. */
    private static final long LOOK_MICROS = 1000;

    /** What has the greatest length of a queue, whatever {@code --backlog} says. */
    private static final Path LONGEST_QUEUE = Path.of("/proc/sys/net/core/somaxconn");

    private static final int USUAL_QUEUE = 4096;

    private static final Logger log = LoggerFactory.getLogger(AcceptGate.class);

    private final Scoreboard scoreboard;
    private final ScoreboardSlot own;
    private final int ownIndex;
    private final boolean sync;
    private final int permits;
    /** Whether requests wait here when there is no place, and not in the kernel's queue. */
    private final boolean bounded;

    private final Connections connections;
    private final XnioIoThread ioThread;
    private final List<Listening> servers = new ArrayList<>();

    private volatile boolean suspended;
    private boolean paused;
    private boolean yielded;
    private boolean draining;
    /** Connections that may have been queued when the drain began. */
    private int left;

    public AcceptGate(WorkerSpec spec, Scoreboard scoreboard, Connections connections, XnioIoThread ioThread) {
        this.scoreboard = scoreboard;
        this.ownIndex = spec.slot();
        this.own = scoreboard.slot(ownIndex);
        this.sync = spec.dispatch() == Dispatch.SYNC;
        this.permits = spec.permits();
        this.bounded = spec.limits().queue().isBounded();
        this.connections = connections;
        this.ioThread = ioThread;
    }

    /** Starts to accept; called once, from outside the I/O thread. */
    public void open(List<Listening> sockets) {
        ioThread.execute(() -> {
            servers.addAll(sockets);
            servers.forEach(socket -> {
                socket.server().getAcceptSetter().set(_ -> acceptable(socket));
                socket.resume();
            });
        });
    }

    /** A request is over, so there may be capacity again. Any thread. */
    public void requestEnded() {
        if (suspended) {
            ioThread.execute(this::resume);
        }
    }

    /** Accepts what is queued and nothing after that. Any thread. */
    public void drain() {
        ioThread.execute(() -> {
            draining = true;
            if (paused) {
                closeAll(); // what is queued is for others
                return;
            }
            left = servers.size() * longestQueue();
            resume();
            look();
        });
    }

    /** Accepts nothing until {@link #unpause}. Any thread. */
    void pause() {
        ioThread.execute(() -> {
            paused = true;
            servers.forEach(Listening::suspend);
        });
    }

    /** Accepts again. Any thread. */
    void unpause() {
        ioThread.execute(() -> {
            paused = false;
            resume();
        });
    }

    /** Takes one connection of each queue, or sees that it is empty. Between one look and the next the open connections have their turn. */
    private void look() {
        List.copyOf(servers).stream().filter(servers::contains).forEach(this::acceptable);
        if (!servers.isEmpty()) {
            var _ = ioThread.executeAfter(this::look, LOOK_MICROS, TimeUnit.MICROSECONDS);
        }
    }

    private static int longestQueue() {
        // Not Files.readString, which asks for one byte first: the kernel gives such a number once, or as much of it.
        try (var lines = Files.newBufferedReader(LONGEST_QUEUE)) {
            return Integer.parseInt(String.valueOf(lines.readLine()).strip());
        } catch (IOException | NumberFormatException e) {
            return USUAL_QUEUE;
        }
    }

    /** Closes the listening sockets at once, for a worker without a master. Any thread. */
    public void close() {
        ioThread.execute(this::closeAll);
    }

    private void closeAll() {
        servers.forEach(IoUtils::safeClose);
        servers.clear();
    }

    /** Whether the queues have been seen empty since {@link #drain}. On the I/O thread. */
    boolean drained() {
        return draining && servers.isEmpty();
    }

    private void acceptable(Listening server) {
        if (paused) {
            return; // signalled just before
        }
        // One connection at a time: its request may use up the capacity, and the next one is signalled again.
        switch (decide()) {
            case FULL -> suspend();
            case WAIT, ELSEWHERE -> lookAgain();
            case PAUSED -> lookAgain(PAUSED_MICROS);
            case YIELD -> {
                yielded = true;
                lookAgain();
            }
            case ACCEPT -> {
                yielded = false;
                accept(server);
            }
        }
    }

    private Decision decide() {
        int inFlight = own.inFlight();
        if (inFlight >= permits) {
            if (!bounded) {
                return Decision.FULL;
            }
            if (!draining && siblingHasPlace()) {
                return Decision.ELSEWHERE;
            }
            // Taken all the same: who waits for too long, or is one too many, has to be told so.
        }
        if (draining) {
            return Decision.ACCEPT;
        }
        if (scoreboard.paused()) {
            return Decision.PAUSED;
        }
        if (sync && connections.newest().isFresh(System.nanoTime(), FIRST_REQUEST_NANOS)) {
            return Decision.WAIT;
        }
        if (yielded) {
            return Decision.ACCEPT;
        }
        int load = load(own);
        return load > 0 && siblingHasLessThan(load) ? Decision.YIELD : Decision.ACCEPT;
    }

    private boolean siblingHasPlace() {
        for (int i = 0; i < scoreboard.size(); i++) {
            var sibling = scoreboard.slot(i);
            if (i != ownIndex
                    && sibling.state() == ScoreboardSlot.State.READY
                    && sibling.inFlight() < sibling.permits()) {
                return true;
            }
        }
        return false;
    }

    private boolean siblingHasLessThan(int load) {
        for (int i = 0; i < scoreboard.size(); i++) {
            var sibling = scoreboard.slot(i);
            if (i != ownIndex && sibling.state() == ScoreboardSlot.State.READY && load(sibling) < load) {
                return true;
            }
        }
        return false;
    }

    /** A sync worker is either idle or busy; for the others every connection may bring work. */
    private int load(ScoreboardSlot slot) {
        return sync ? Math.min(slot.inFlight(), 1) * 1_000_000 + slot.connections() : slot.connections();
    }

    private void accept(Listening server) {
        try {
            var connection = server.server().accept();
            if (connection != null) {
                open(connection, server.greeting());
                if (draining && --left <= 0) {
                    closeAll();
                }
            } else if (draining) {
                servers.remove(server);
                IoUtils.safeClose(server);
            }
        } catch (IOException e) {
            log.warn("accepting a connection: {}", e.toString());
        }
    }

    /** A client may be gone before anything was said. */
    private void open(StreamConnection connection, Greeting greeting) {
        try {
            connections.opened(connection, greeting);
        } catch (RuntimeException e) {
            IoUtils.safeClose(connection);
            throw e;
        }
    }

    private void lookAgain() {
        lookAgain(YIELD_MICROS);
    }

    private void lookAgain(long micros) {
        suspended = true;
        servers.forEach(Listening::suspend);
        var _ = ioThread.executeAfter(this::resume, micros, TimeUnit.MICROSECONDS);
    }

    private void suspend() {
        suspended = true;
        servers.forEach(Listening::suspend);
        if (own.inFlight() < permits) {
            ioThread.execute(this::resume); // the last request ended before it could see that we wait
        }
    }

    private void resume() {
        suspended = false;
        if (!paused) {
            servers.forEach(Listening::resume);
        }
    }
}
