package dev.narwhal.undertow.watch;

import dev.narwhal.contract.ScoreboardSlot;
import dev.narwhal.contract.WorkerSpec;
import dev.narwhal.undertow.accept.Connections;
import dev.narwhal.undertow.accept.InFlight;
import dev.narwhal.undertow.dispatch.Dispatcher;
import dev.narwhal.undertow.identity.RequestId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.XnioIoThread;

/**
 * Finds out that a worker serves nobody although its process lives and its heart beats. What that means is the same in every dispatch class: at each look for as
 * long as the limit somebody waits for this worker, and from each look to the next nothing is done for any request. No request gets a thread, none
 * ends, not a byte is sent to a client or read from one by a request that has a thread.
 *
 * <p>Somebody waits: a request without a thread; what runs on virtual threads and gets no carrier; and, if the I/O thread does not answer or every place is
 * taken by a thread that is in a request, a connection in the accept queue or one on which something has come.
 */
public final class ProgressWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ProgressWatch.class);

    private static final Duration MOST_BETWEEN_LOOKS = Duration.ofSeconds(1);
    /** So many of the requests that hold a thread are shown. */
    private static final int SHOWN = 5;

    private final Duration limit;
    private final Duration betweenLooks;
    private final ScoreboardSlot slot;
    private final Connections connections;
    private final Waiters waiters;
    private final Dispatcher dispatcher;
    private final Consumer<String> stuck;
    private final Probe loop;
    private final Probe carriers;
    private final WorkingClock clock = new WorkingClock();
    private final Thread thread =
            Thread.ofPlatform().daemon(true).name("progress-watch").unstarted(this::watch);

    // Only touched by the watching thread.
    private long endedBefore;
    private long movesBefore;
    private long since = clock.now();

    private ProgressWatch(
            WorkerSpec spec,
            ScoreboardSlot slot,
            Connections connections,
            Waiters waiters,
            Dispatcher dispatcher,
            XnioIoThread ioThread,
            Consumer<String> stuck) {
        limit = spec.limits().times().still();
        betweenLooks = shorter(MOST_BETWEEN_LOOKS, limit.dividedBy(4));
        this.slot = slot;
        this.connections = connections;
        this.waiters = waiters;
        this.dispatcher = dispatcher;
        this.stuck = stuck;
        loop = new Probe(ioThread);
        carriers = new Probe(dispatcher::probe);
    }

    /**
     * Starts to watch.
     *
     * @param stuck is told, once, that the worker is to be replaced
     * @return empty when there is no limit
     */
    public static Optional<ProgressWatch> start(
            WorkerSpec spec,
            ScoreboardSlot slot,
            Connections connections,
            Waiters waiters,
            Dispatcher dispatcher,
            XnioIoThread ioThread,
            Consumer<String> stuck) {
        if (spec.limits().times().still().isZero()) {
            return Optional.empty();
        }
        var watch = new ProgressWatch(spec, slot, connections, waiters, dispatcher, ioThread, stuck);
        watch.thread.start();
        return Optional.of(watch);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void watch() {
        while (!Thread.interrupted()) {
            try {
                clock.sleep(betweenLooks);
                if (look()) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.error("watching whether requests get on", e);
            }
        }
    }

    /** Returns true when there is nothing more to look for. */
    private boolean look() {
        boolean loopAnswers = loop.answers();
        boolean carriersAnswer = carriers.answers();
        long ended = slot.answers().ended();
        long moves = connections.moves();
        boolean still = ended == endedBefore && moves == movesBefore;
        endedBefore = ended;
        movesBefore = moves;
        long now = clock.now();
        int waiting = still && slot.state() == ScoreboardSlot.State.READY ? waiting(loopAnswers, carriersAnswer) : 0;
        if (waiting == 0) {
            since = now;
            return false;
        }
        var age = Duration.ofNanos(now - since);
        if (age.compareTo(limit) < 0) {
            return false;
        }
        tell(age, waiting);
        return true;
    }

    private int waiting(boolean loopAnswers, boolean carriersAnswer) {
        return waiters.count(loopAnswers) + (carriersAnswer ? 0 : dispatcher.queued());
    }

    private void tell(Duration age, int waiting) {
        var busy = connections.inFlight().stream()
                .filter(request -> request.thread().isPresent())
                .sorted(Comparator.comparingLong(InFlight::begun))
                .toList();
        stuck.accept("has got on with no request for %s although %d wait; its threads are in %d"
                .formatted(RequestWatch.seconds(age), waiting, busy.size()));
        show(busy);
    }

    private static void show(List<InFlight> busy) {
        long now = System.nanoTime();
        for (var request : busy.subList(0, Math.min(SHOWN, busy.size()))) {
            var exchange = request.exchange();
            request.thread()
                    .ifPresent(thread -> log.warn(
                            "no progress: {} {} has run for {} request-id={} on {}",
                            exchange.getRequestMethod(),
                            exchange.getRequestPath(),
                            RequestWatch.seconds(Duration.ofNanos(now - request.begun())),
                            RequestId.of(exchange).map(RequestId::shown).orElse("-"),
                            Run.whereabouts(thread)));
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
