package dev.narwhal.contract;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * How a worker's JVM is, in a {@link ScoreboardSlot}, as it says itself once a second. Collections go on counting when another worker gets the slot;
 * the heap is that of the worker that is there.
 */
public final class ScoreboardVm {

    /**
     * The numbers at one moment; bytes are 0 before the first look.
     *
     * @param heapUsed what objects take, garbage included
     * @param heapLive what they took after the last collection that went through all of them
     * @param heapMax what they may take
     * @param collections pauses of the garbage collector, those of workers that had the slot before included
     * @param pauseNanos how long they took together
     */
    public record Snapshot(long heapUsed, long heapLive, long heapMax, long collections, long pauseNanos) {}

    private static final int HEAP_USED = 0;
    private static final int HEAP_LIVE = 1;
    private static final int HEAP_MAX = 2;
    private static final int COLLECTIONS = 3;
    private static final int PAUSE_NANOS = 4;
    private static final int WORDS = 5;

    static final long BYTES = WORDS * (long) Long.BYTES;

    private static final VarHandle LONG = JAVA_LONG.varHandle();

    private final MemorySegment memory;

    ScoreboardVm(MemorySegment memory) {
        this.memory = memory;
    }

    /** The heap now. */
    public void heap(long used, long live, long max) {
        put(HEAP_USED, used);
        put(HEAP_LIVE, live);
        put(HEAP_MAX, max);
    }

    /** There were so many more collections since the last call. */
    public void collected(long collections, long nanos) {
        long _ = (long) LONG.getAndAdd(memory, offset(COLLECTIONS), collections);
        long _ = (long) LONG.getAndAdd(memory, offset(PAUSE_NANOS), nanos);
    }

    /** The worker is gone, and its heap with it. */
    void forgetHeap() {
        heap(0, 0, 0);
    }

    public Snapshot snapshot() {
        return new Snapshot(word(HEAP_USED), word(HEAP_LIVE), word(HEAP_MAX), word(COLLECTIONS), word(PAUSE_NANOS));
    }

    private void put(int word, long value) {
        LONG.setOpaque(memory, offset(word), value);
    }

    private long word(int word) {
        return (long) LONG.getOpaque(memory, offset(word));
    }

    private static long offset(int word) {
        return word * (long) Long.BYTES;
    }
}
