package dev.narwhal.chaos;

import java.time.Duration;

/** How long the tests run: {@code -Dnarwhal.chaos.seconds}, 10 by default; 30 and more is the full run. */
final class Scale {

    private static final int SECONDS = Integer.getInteger("narwhal.chaos.seconds", 10);
    private static final int FULL = 30;

    private Scale() {}

    static Duration period() {
        return Duration.ofSeconds(SECONDS);
    }

    static boolean full() {
        return SECONDS >= FULL;
    }
}
