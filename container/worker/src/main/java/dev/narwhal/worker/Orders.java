package dev.narwhal.worker;

import dev.narwhal.contract.Parent;
import dev.narwhal.contract.Signals;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What a worker is told after its start, by whomever: the master, or an operator with {@code kill}.
 *
 * <p>INT and HUP are ignored, so that Ctrl-C and a closed terminal are the master's decision; QUIT stays the JVM's thread dump.
 */
final class Orders {

    enum Order {
        /** TERM: finish and exit. */
        DRAIN,
        /** USR1: reopen the log files. */
        REOPEN_LOGS,
        /** WINCH: take no connection any more. */
        PAUSE,
        /** TTIN: take connections again. */
        RESUME,
        /** The master is gone: let go of the port and exit. */
        ORPHANED,
        /** Nothing is left to do. The worker's word to itself. */
        DRAINED
    }

    /** How long a worker without a master may live. */
    private static final Duration ORPHAN_LIMIT = Duration.ofSeconds(4);

    private final BlockingQueue<Order> queue = new LinkedBlockingQueue<>();

    Orders() {
        Signals.install(Map.of(
                "WINCH", () -> queue.add(Order.PAUSE),
                "TTIN", () -> queue.add(Order.RESUME),
                "TERM", () -> queue.add(Order.DRAIN),
                "USR1", () -> queue.add(Order.REOPEN_LOGS),
                "INT", () -> {},
                "HUP", () -> {}));
    }

    /**
     * Watches for the master's end.
     *
     * @param lifeline a pipe that nobody writes to and only the master holds open
     * @param halt ends the process at once: for a worker that does not see its orders, because it boots or an application does not let it end
     */
    void watch(InputStream lifeline, Runnable halt) {
        Parent.watch(lifeline, () -> {
            queue.add(Order.ORPHANED);
            sleep(ORPHAN_LIMIT);
            halt.run();
        });
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells the waiting worker that it is empty. */
    void drained() {
        queue.add(Order.DRAINED);
    }

    Order await() throws InterruptedException {
        return queue.take();
    }
}
