package dev.narwhal.undertow.watch;

import java.util.concurrent.Executor;

/** Asks whether a thread comes round to what it is given. */
final class Probe {

    private final Executor asked;
    private volatile boolean out;

    Probe(Executor asked) {
        this.asked = asked;
    }

    /** Whether what was asked at the last call has been answered by now; then it asks again. By one thread. */
    boolean answers() {
        if (out) {
            return false;
        }
        out = true;
        asked.execute(() -> out = false);
        return true;
    }
}
