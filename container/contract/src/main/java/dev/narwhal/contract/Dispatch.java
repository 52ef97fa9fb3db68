package dev.narwhal.contract;

import java.util.Locale;

/** How a worker turns connections into running servlet code. */
public enum Dispatch {
    /** One request at a time, inline on the I/O thread. */
    SYNC,
    /** Up to {@code --threads} requests at once, each on a platform thread of a bounded pool. */
    THREADED,
    /** Up to {@code --max-inflight} requests at once, each on a virtual thread. */
    VIRTUAL;

    /** The name in options, logs and metrics: {@code sync}, {@code threaded}, {@code virtual}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Dispatch ofLabel(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
