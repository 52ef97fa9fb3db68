package dev.narwhal.master.serve;

import dev.narwhal.master.arbiter.Event;
import dev.narwhal.master.arbiter.MasterSignal;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time between a TERM and when the arbiter hears of it: everything goes on, but whoever asks whether the server is ready hears that it is not. A second TERM
 * ends it. Any thread.
 */
final class LameDuck {

    private static final Logger log = LoggerFactory.getLogger(LameDuck.class);

    private final Duration duration;
    private final Queue<Event> events;
    private final AtomicBoolean leaving = new AtomicBoolean();

    /** @param duration zero for none */
    LameDuck(Duration duration, Queue<Event> events) {
        this.duration = duration;
        this.events = events;
    }

    boolean isLeaving() {
        return leaving.get();
    }

    /** A TERM has come. */
    void leave() {
        if (duration.isZero() || !leaving.compareAndSet(false, true)) {
            stop();
            return;
        }
        log.info("leaving: not ready any more, and stopping in {} s (--lame-duck)", duration.toMillis() / 1000.0);
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(duration);
                stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void stop() {
        events.add(new Event.Signalled(MasterSignal.TERM));
    }
}
