package dev.narwhal.undertow;

import dev.narwhal.contract.ScoreboardSlot;
import dev.narwhal.undertow.accept.AcceptGate;
import dev.narwhal.undertow.dispatch.Dispatcher;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What XNIO takes for its pool of threads: hands callbacks of upgraded connections to the dispatcher, and counts each in the scoreboard as work
 * in flight until it is over. It has no threads and so nothing to shut down.
 */
final class Callbacks extends AbstractExecutorService {

    private record Target(Dispatcher dispatcher, ScoreboardSlot slot, AcceptGate gate) {}

    private volatile @Nullable Target target;

    void open(Dispatcher dispatcher, ScoreboardSlot slot, AcceptGate gate) {
        target = new Target(dispatcher, slot, gate);
    }

    @Override
    public void execute(Runnable callback) {
        var to = target;
        if (to == null) {
            throw new RejectedExecutionException("no connection is open yet");
        }
        int ticket = to.slot().beginCallback("-", "callback", System.nanoTime());
        to.dispatcher().callbacks().execute(() -> {
            try {
                callback.run();
            } finally {
                to.slot().end(ticket);
                to.gate().requestEnded();
            }
        });
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }
}
