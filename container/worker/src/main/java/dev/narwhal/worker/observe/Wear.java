package dev.narwhal.worker.observe;

import dev.narwhal.contract.ProcStatus;
import dev.narwhal.contract.ScoreboardSlot;
import dev.narwhal.contract.WorkerSpec;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Tells when a worker has reached a limit after which it is to be replaced. Looks once a second, on a thread of its own, and tells once; what
 * comes of it is the master's decision.
 */
public final class Wear {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int MEBIBYTE = 1 << 20;

    private final WorkerSpec.Wear limits;
    private final long requests;
    private final ScoreboardSlot slot;
    private final long begun = System.nanoTime();

    private Wear(WorkerSpec.Wear limits, ScoreboardSlot slot) {
        this.limits = limits;
        this.slot = slot;
        requests = limits.requests() + ThreadLocalRandom.current().nextLong(limits.requestsJitter() + 1);
    }

    /**
     * Watches a worker that has just become ready, for as long as the process lives.
     *
     * @param worn is told what has been reached, to follow "it"
     */
    public static void watch(WorkerSpec.Wear limits, ScoreboardSlot slot, Consumer<String> worn) {
        if (limits.equals(WorkerSpec.Wear.NONE)) {
            return;
        }
        var wear = new Wear(limits, slot);
        Thread.ofPlatform().daemon(true).name("wear").start(() -> {
            try {
                var reached = wear.reached();
                while (reached.isEmpty()) {
                    Thread.sleep(INTERVAL);
                    reached = wear.reached();
                }
                worn.accept(reached.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Optional<String> reached() {
        long served = slot.counters().requests();
        if (limits.requests() > 0 && served >= requests) {
            return Optional.of("has served " + served + " requests");
        }
        var age = Duration.ofNanos(System.nanoTime() - begun);
        if (limits.lifetime().isPositive() && age.compareTo(limits.lifetime()) >= 0) {
            return Optional.of("has served for " + age.toSeconds() + " s");
        }
        // What is the worker's own, without the files and the memory that all workers share
        long resident = limits.residentBytes() > 0 ? ProcStatus.bytes("self", "RssAnon") : 0;
        return resident > limits.residentBytes()
                ? Optional.of(
                        "has %d MiB in memory, of %d".formatted(resident / MEBIBYTE, limits.residentBytes() / MEBIBYTE))
                : Optional.empty();
    }
}
