package dev.narwhal.contract;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens to the sessions of each context, in a {@link ScoreboardSlot}: a row for each of the first {@value #ROWS} contexts that the workers of
 * the slot have had; the sessions of further ones are counted for the whole server only. As with {@link ScoreboardSessions}, sums go on counting when
 * another worker gets the slot.
 */
public final class ScoreboardContexts {

    /**
     * The numbers of one context at one moment.
     *
     * @param path the context path, empty for the root; cut at {@value #PATH_BYTES} bytes
     * @param live sessions in the store
     * @param created sessions that were stored for the first time
     * @param expired sessions that were ended by time
     * @param invalidated sessions that were ended by the application
     * @param refused sessions that were one too many, and sessions or attributes that were too large
     * @param bytes what they take in the store, about
     */
    public record Row(String path, long live, long created, long expired, long invalidated, long refused, long bytes) {

        /** What has happened, without what there is. */
        public Row past() {
            return new Row(path, 0, created, expired, invalidated, refused, 0);
        }

        /** What both have counted. */
        public Row plus(Row other) {
            return new Row(
                    path,
                    live + other.live,
                    created + other.created,
                    expired + other.expired,
                    invalidated + other.invalidated,
                    refused + other.refused,
                    bytes + other.bytes);
        }
    }

    static final long BYTES = 4096;

    private static final int ROWS = 32;
    private static final long ROW_BYTES = BYTES / ROWS;

    private static final VarHandle LONG = JAVA_LONG.varHandle();
    private static final VarHandle SHORT = JAVA_SHORT.varHandle();

    private static final long LIVE = 0;
    private static final long CREATED = 8;
    private static final long EXPIRED = 16;
    private static final long INVALIDATED = 24;
    private static final long REFUSED = 32;
    private static final long STORE_BYTES = 40;
    private static final long PATH_LENGTH = 48; // one more than it is; 0: the row is free
    private static final long PATH = 50;
    private static final int PATH_BYTES = 78;

    private final MemorySegment memory;

    ScoreboardContexts(MemorySegment memory) {
        this.memory = memory;
    }

    /** Contexts that nobody else sees. */
    static ScoreboardContexts unseen() {
        return new ScoreboardContexts(MemorySegment.ofArray(new long[(int) (BYTES / Long.BYTES)]));
    }

    /** The counters of a context, which are its own from now on. By one thread of the worker at a time. */
    synchronized Counters of(String path) {
        var bytes = path.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, PATH_BYTES);
        for (int i = 0; i < ROWS; i++) {
            var row = row(i);
            int taken = (short) SHORT.getVolatile(row, PATH_LENGTH);
            if (taken == 0) {
                MemorySegment.copy(bytes, 0, row, JAVA_BYTE, PATH, length);
                SHORT.setVolatile(row, PATH_LENGTH, (short) (length + 1));
                return new Counters(row);
            }
            if (path(row, taken).equals(new String(bytes, 0, length, StandardCharsets.UTF_8))) {
                return new Counters(row);
            }
        }
        return new Counters(MemorySegment.ofArray(new long[(int) (ROW_BYTES / Long.BYTES)]));
    }

    private MemorySegment row(int index) {
        return memory.asSlice(index * ROW_BYTES, ROW_BYTES);
    }

    private static String path(MemorySegment row, int taken) {
        return new String(row.asSlice(PATH, taken - 1).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
    }

    /** The contexts that have a row. */
    List<Row> rows() {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < ROWS; i++) {
            var row = row(i);
            int taken = (short) SHORT.getVolatile(row, PATH_LENGTH);
            if (taken == 0) {
                break;
            }
            rows.add(new Row(
                    path(row, taken),
                    get(row, LIVE),
                    get(row, CREATED),
                    get(row, EXPIRED),
                    get(row, INVALIDATED),
                    get(row, REFUSED),
                    get(row, STORE_BYTES)));
        }
        return rows;
    }

    /** Nobody here looks after a store any more. */
    void forgetLive() {
        for (int i = 0; i < ROWS; i++) {
            LONG.setOpaque(row(i), LIVE, 0L);
            LONG.setOpaque(row(i), STORE_BYTES, 0L);
        }
    }

    private static long get(MemorySegment row, long counter) {
        return (long) LONG.getOpaque(row, counter);
    }

    /** The row of one context. Any thread. */
    static final class Counters {

        private final MemorySegment row;

        private Counters(MemorySegment row) {
            this.row = row;
        }

        void live(long sessions) {
            LONG.setOpaque(row, LIVE, sessions);
        }

        void bytes(long bytes) {
            LONG.setOpaque(row, STORE_BYTES, bytes);
        }

        void created() {
            add(CREATED);
        }

        void expired() {
            add(EXPIRED);
        }

        void invalidated() {
            add(INVALIDATED);
        }

        void refused() {
            add(REFUSED);
        }

        private void add(long counter) {
            long _ = (long) LONG.getAndAdd(row, counter, 1L);
        }
    }
}
