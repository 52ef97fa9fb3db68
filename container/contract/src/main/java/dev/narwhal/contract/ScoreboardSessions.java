package dev.narwhal.contract;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * What happens to sessions, in a {@link ScoreboardSlot}. Sums go on counting when another worker gets the slot; what there is at the moment
 * is told by the worker that looks after the store, and by every worker whose sessions nobody shares.
 */
public final class ScoreboardSessions {

    /**
     * The numbers at one moment.
     *
     * @param live sessions in the store
     * @param bytes what the store takes
     * @param created sessions that were stored for the first time
     * @param expired sessions that were ended by time
     * @param invalidated sessions that were ended by an application
     * @param conflicts writes that met a change by another worker which the request had not seen
     * @param refused sessions that were one too many, and sessions or attributes that were too large
     * @param reads how often the store was read
     * @param readNanos how long that took in all: estimated, since not every read is timed
     * @param writes how often the store was written
     * @param writeNanos how long that took in all, likewise
     */
    public record Snapshot(
            long live,
            long bytes,
            long created,
            long expired,
            long invalidated,
            long conflicts,
            long refused,
            long reads,
            long readNanos,
            long writes,
            long writeNanos) {

        static final Snapshot NONE = new Snapshot(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        Snapshot plus(Snapshot other) {
            return new Snapshot(
                    live + other.live,
                    bytes + other.bytes,
                    created + other.created,
                    expired + other.expired,
                    invalidated + other.invalidated,
                    conflicts + other.conflicts,
                    refused + other.refused,
                    reads + other.reads,
                    readNanos + other.readNanos,
                    writes + other.writes,
                    writeNanos + other.writeNanos);
        }
    }

    /** Of so many reads or writes one is timed; a power of two. */
    private static final int TIMED_ONE_OF = 16;

    static final long BYTES = 128;

    private static final VarHandle LONG = JAVA_LONG.varHandle();

    // Gauges first, then what a request that only reads a session counts, then the rest.
    private static final long LIVE = 0;
    private static final long STORE_BYTES = 8;
    private static final long READS = 16;
    private static final long READ_NANOS = 24;
    private static final long WRITES = 32;
    private static final long WRITE_NANOS = 40;
    private static final long CREATED = 64;
    private static final long EXPIRED = 72;
    private static final long INVALIDATED = 80;
    private static final long CONFLICTS = 88;
    private static final long REFUSED = 96;

    private final MemorySegment memory;

    ScoreboardSessions(MemorySegment memory) {
        this.memory = memory;
    }

    /** Counters that nobody else sees. */
    public static ScoreboardSessions unseen() {
        return new ScoreboardSessions(MemorySegment.ofArray(new long[(int) (BYTES / Long.BYTES)]));
    }

    /** What there is now; both zero in a worker that does not look after a store. */
    public void gauge(long live, long bytes) {
        LONG.setOpaque(memory, LIVE, live);
        LONG.setOpaque(memory, STORE_BYTES, bytes);
    }

    /** Counts a read; true for one that is to be timed with {@link #readTook}. */
    public boolean read() {
        return isTimed((long) LONG.getAndAdd(memory, READS, 1L));
    }

    public void readTook(long nanos) {
        add(READ_NANOS, nanos * TIMED_ONE_OF);
    }

    /** Counts a write; true for one that is to be timed with {@link #writeTook}. */
    public boolean write() {
        return isTimed((long) LONG.getAndAdd(memory, WRITES, 1L));
    }

    public void writeTook(long nanos) {
        add(WRITE_NANOS, nanos * TIMED_ONE_OF);
    }

    private static boolean isTimed(long count) {
        return (count & (TIMED_ONE_OF - 1)) == 0;
    }

    public void created() {
        add(CREATED, 1);
    }

    public void expired() {
        add(EXPIRED, 1);
    }

    public void invalidated() {
        add(INVALIDATED, 1);
    }

    public void conflict() {
        add(CONFLICTS, 1);
    }

    public void refused() {
        add(REFUSED, 1);
    }

    private void add(long counter, long more) {
        var _ = LONG.getAndAdd(memory, counter, more);
    }

    public Snapshot snapshot() {
        return new Snapshot(
                get(LIVE),
                get(STORE_BYTES),
                get(CREATED),
                get(EXPIRED),
                get(INVALIDATED),
                get(CONFLICTS),
                get(REFUSED),
                get(READS),
                get(READ_NANOS),
                get(WRITES),
                get(WRITE_NANOS));
    }

    private long get(long counter) {
        return (long) LONG.getOpaque(memory, counter);
    }
}
