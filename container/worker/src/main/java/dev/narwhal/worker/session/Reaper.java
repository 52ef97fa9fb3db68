package dev.narwhal.worker.session;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends sessions that have expired, in one worker at a time: in the one that leads the store. When that worker dies, another one leads. A thread
 * of its own, from {@link #start()} to {@link #close()}.
 */
public final class Reaper implements AutoCloseable {

    /** The sessions of one application. */
    @FunctionalInterface
    public interface Expiring {

        /** Ends all that have expired, and tells their listeners. */
        void expire(long now);
    }

    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final Logger log = LoggerFactory.getLogger(Reaper.class);

    private final SessionStore store;
    private final List<Expiring> applications = new CopyOnWriteArrayList<>();
    private final Thread thread =
            Thread.ofPlatform().daemon(true).name("session-reaper").unstarted(this::run);
    private boolean failing;

    public Reaper(SessionStore store) {
        this.store = store;
    }

    public void add(Expiring application) {
        applications.add(application);
    }

    public void remove(Expiring application) {
        applications.remove(application);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        while (!Thread.interrupted()) {
            try {
                Thread.sleep(INTERVAL);
                reap();
                failing = false;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (!failing && !(e instanceof StoreException store && store.isTold())) {
                    log.warn("ending expired sessions: {}. It is tried again and again.", e.toString());
                }
                failing = true;
            }
        }
    }

    private void reap() {
        if (store.lead()) {
            applications.forEach(application -> application.expire(System.currentTimeMillis()));
            store.maintain();
        }
    }

    /** Waits for the end of what it is doing. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
