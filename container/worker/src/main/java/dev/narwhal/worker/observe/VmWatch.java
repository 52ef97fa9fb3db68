package dev.narwhal.worker.observe;

import dev.narwhal.contract.ScoreboardSlot;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Writes to the scoreboard once a second how full the heap is and how long collections took, by a thread that does nothing else. */
public final class VmWatch {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final ScoreboardSlot slot;
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
            // Those of concurrent collectors that tell of cycles rather than pauses.
            .filter(collector -> !collector.getName().endsWith("Cycles")
                    && !collector.getName().endsWith("Concurrent GC"))
            .toList();
    private final List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    private long collections;
    private long pauseMillis;

    private VmWatch(ScoreboardSlot slot) {
        this.slot = slot;
    }

    /** Starts to watch, for as long as the process lives. */
    public static void start(ScoreboardSlot slot) {
        var watch = new VmWatch(slot);
        Thread.ofPlatform().daemon(true).name("vm-watch").start(() -> {
            while (!Thread.interrupted()) {
                watch.look();
                try {
                    Thread.sleep(INTERVAL);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
    }

    private void look() {
        var usage = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        long live = heap.stream()
                .map(MemoryPoolMXBean::getCollectionUsage)
                .mapToLong(after -> after == null ? 0 : after.getUsed())
                .sum();
        slot.vm().heap(usage.getUsed(), live, usage.getMax());
        long collectionsNow = collectors.stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
        long millisNow = collectors.stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
        slot.vm().collected(collectionsNow - collections, TimeUnit.MILLISECONDS.toNanos(millisNow - pauseMillis));
        collections = collectionsNow;
        pauseMillis = millisNow;
    }
}
