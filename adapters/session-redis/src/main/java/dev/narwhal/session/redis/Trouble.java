package dev.narwhal.session.redis;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that is wrong for a while: said once when it begins, however many requests meet it, and once when it is over. Any thread. */
final class Trouble {

    private static final Logger log = LoggerFactory.getLogger(Trouble.class);
    private static final long NONE = 0;
    private static final double NANOS = 1e9;

    private final String bad;
    private final String good;
    private final AtomicLong since = new AtomicLong(NONE);

    Trouble(String bad, String good) {
        this.bad = bad;
        this.good = good;
    }

    void begins(Exception cause) {
        if (since.get() == NONE && since.compareAndSet(NONE, System.nanoTime() | 1)) {
            log.warn("{}: {}. Requests that need a session get a 503 until it does.", bad, cause.getMessage());
        }
    }

    void over() {
        long began = since.get();
        if (began != NONE && since.compareAndSet(began, NONE)) {
            log.info("{} again, after {} s", good, "%.1f".formatted((System.nanoTime() - began) / NANOS));
        }
    }
}
