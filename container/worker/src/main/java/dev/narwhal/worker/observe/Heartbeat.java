package dev.narwhal.worker.observe;

import dev.narwhal.contract.ScoreboardSlot;
import java.time.Duration;

/** Writes the time to the scoreboard every {@link #INTERVAL}, by a thread that does nothing else. */
public final class Heartbeat {

    public static final Duration INTERVAL = Duration.ofMillis(250);

    private Heartbeat() {}

    /** Starts to beat, for as long as the process lives. */
    public static void start(ScoreboardSlot slot) {
        slot.beat(System.nanoTime());
        Thread.ofPlatform().daemon(true).name("heartbeat").start(() -> {
            while (!Thread.interrupted()) {
                slot.beat(System.nanoTime());
                try {
                    Thread.sleep(INTERVAL);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
    }
}
