package dev.narwhal.worker.observe;

import dev.narwhal.contract.ProcStatus;
import dev.narwhal.contract.ScoreboardSlot;
import dev.narwhal.contract.WorkerSpec;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
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
    private final HeapTrend heap;

    /** Where objects live that survive; young ones would only say how long ago a collection was. */
    private final Optional<MemoryPoolMXBean> oldGeneration = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
            .findFirst();

    private Wear(WorkerSpec.Wear limits, ScoreboardSlot slot) {
        this.limits = limits;
        this.slot = slot;
        heap = new HeapTrend(limits.heapPercent());
        requests = limits.requests() + ThreadLocalRandom.current().nextLong(limits.requestsJitter() + 1);
    }

    /**
     * Watches a worker that has just become ready, for as long as the process lives.
     *
     * @param worn is told what has been reached, to follow "it"
     * @param excess the same, if there is no time to be lost; perhaps after the other
     */
    public static void watch(
            WorkerSpec.Wear limits, ScoreboardSlot slot, Consumer<String> worn, Consumer<String> excess) {
        if (limits.equals(WorkerSpec.Wear.NONE)) {
            return;
        }
        var wear = new Wear(limits, slot);
        Thread.ofPlatform().daemon(true).name("wear").start(() -> {
            try {
                boolean told = false;
                var most = wear.mostReached();
                while (most.isEmpty()) {
                    if (!told) {
                        var reached = wear.reached();
                        reached.ifPresent(worn);
                        told = reached.isPresent();
                    }
                    Thread.sleep(INTERVAL);
                    most = wear.mostReached();
                }
                excess.accept(most.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Optional<String> mostReached() {
        return limits.mostResidentBytes() > 0 ? residentAbove(limits.mostResidentBytes()) : Optional.empty();
    }

    /** What is the worker's own, without the files and the memory that all workers share. */
    private static Optional<String> residentAbove(long limit) {
        long resident = ProcStatus.bytes("self", "RssAnon");
        return resident > limit
                ? Optional.of("has %d MiB in memory, of %d".formatted(resident / MEBIBYTE, limit / MEBIBYTE))
                : Optional.empty();
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
        var resident = limits.residentBytes() > 0 ? residentAbove(limits.residentBytes()) : Optional.<String>empty();
        return resident.isPresent() || limits.heapPercent() == 0 ? resident : heapReached();
    }

    private Optional<String> heapReached() {
        return oldGeneration
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(usage -> usage.getMax() > 0 && heap.isFull(usage.getUsed(), usage.getMax()))
                .map(usage -> "keeps %d of %d MiB of old objects through %d collections, and may keep %d %%"
                        .formatted(
                                usage.getUsed() / MEBIBYTE,
                                usage.getMax() / MEBIBYTE,
                                HeapTrend.COLLECTIONS,
                                limits.heapPercent()));
    }
}
