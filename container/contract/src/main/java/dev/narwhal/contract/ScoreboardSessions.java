package dev.narwhal.contract;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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

        /** Nothing happened. */
        public static final Snapshot NONE = new Snapshot(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        /** What has happened, without what there is. */
        public Snapshot past() {
            return new Snapshot(
                    0, 0, created, expired, invalidated, conflicts, refused, reads, readNanos, writes, writeNanos);
        }

        /** What both have counted. */
        public Snapshot plus(Snapshot other) {
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
    private final ScoreboardContexts contexts;
    private final Map<String, ScoreboardContexts.Counters> known = new ConcurrentHashMap<>();

    ScoreboardSessions(MemorySegment memory, ScoreboardContexts contexts) {
        this.memory = memory;
        this.contexts = contexts;
    }

    /** Counters that nobody else sees. */
    public static ScoreboardSessions unseen() {
        return new ScoreboardSessions(
                MemorySegment.ofArray(new long[(int) (BYTES / Long.BYTES)]), ScoreboardContexts.unseen());
    }

    private ScoreboardContexts.Counters context(String path) {
        return known.computeIfAbsent(path, contexts::of);
    }

    /** This worker serves a context, which is listed from now on. */
    public void serves(String context) {
        var _ = context(context);
    }

    /** The contexts that this worker serves. */
    public Set<String> contexts() {
        return Set.copyOf(known.keySet());
    }

    /** How many sessions of a context there are now, in a worker that looks after the store. */
    public void live(String context, long sessions) {
        context(context).live(sessions);
    }

    /** What these take, about, likewise. */
    public void bytes(String context, long bytes) {
        context(context).bytes(bytes);
    }

    /** Nobody looks after a store here any more. */
    public void forgetLive() {
        gauge(0, 0);
        contexts.forgetLive();
    }

    List<ScoreboardContexts.Row> rows() {
        return contexts.rows();
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

    public void created(String context) {
        add(CREATED, 1);
        context(context).created();
    }

    public void expired(String context) {
        add(EXPIRED, 1);
        context(context).expired();
    }

    public void invalidated(String context) {
        add(INVALIDATED, 1);
        context(context).invalidated();
    }

    public void conflict() {
        add(CONFLICTS, 1);
    }

    public void refused(String context) {
        add(REFUSED, 1);
        context(context).refused();
    }

    private void add(long counter, long more) {
        long _ = (long) LONG.getAndAdd(memory, counter, more);
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
