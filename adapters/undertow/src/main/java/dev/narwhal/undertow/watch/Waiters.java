package dev.narwhal.undertow.watch;

import static java.util.stream.Collectors.toSet;

import dev.narwhal.contract.ScoreboardSlot;
import dev.narwhal.undertow.accept.Connections;
import dev.narwhal.undertow.accept.InFlight;
import java.net.InetSocketAddress;
import java.util.stream.Stream;

/** Counts who waits for a worker: requests that have no thread, and, when every place is taken by a thread, what waits in the kernel. Any thread. */
public final class Waiters {

    private final Connections connections;
    private final ScoreboardSlot slot;
    private final int permits;

    public Waiters(Connections connections, ScoreboardSlot slot, int permits) {
        this.connections = connections;
        this.slot = slot;
        this.permits = permits;
    }

    int count() {
        return count(true);
    }

    /** @param accepts whether the I/O thread takes what comes */
    int count(boolean accepts) {
        var requests = connections.inFlight();
        int waiting = (int) requests.stream().filter(InFlight::waits).count();
        if (!accepts || slot.busyThreads() >= permits) {
            var served = requests.stream().flatMap(Waiters::port).collect(toSet());
            waiting += Backlog.length(served::contains);
        }
        return waiting;
    }

    private static Stream<Integer> port(InFlight request) {
        return request.exchange().getConnection().getPeerAddress() instanceof InetSocketAddress address
                ? Stream.of(address.getPort())
                : Stream.empty();
    }
}
