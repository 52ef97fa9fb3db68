package dev.narwhal.contract;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Numbers that workers write and the master reads, in memory shared between the processes: no message per request, and
 * what a worker was doing can still be read after it was killed.
 *
 * <pre>
 *   0            72 KiB        144 KiB
 *   | slot 0     | slot 1      | ...
 *   | counters (1 KiB) | ring of 256 requests in flight, 256 bytes each |
 * </pre>
 *
 * <p>Behind the last slot is the secret: random bytes that the processes of one server share and nobody else can read. Behind that, what
 * the master has to say to all: who leads, one word so that there is never more than one, and whether nobody is to accept.
 *
 * <p>The memory belongs to no file that could be left behind: the master creates it anonymously and every worker inherits
 * its descriptor. Times are {@link System#nanoTime()}, which on Linux is {@code CLOCK_MONOTONIC} and so the same in every
 * process.
 */
public final class Scoreboard implements AutoCloseable {

    private static final int SECRET_BYTES = 32;
    private static final int ORDERS_BYTES = 2 * Integer.BYTES;
    private static final long LEADER = 0;
    private static final long PAUSED = Integer.BYTES;
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();

    private final Arena arena;
    private final ScoreboardSlot[] slots;
    private final MemorySegment secret;
    private final MemorySegment orders;

    private Scoreboard(Arena arena, MemorySegment memory, int count) {
        this.arena = arena;
        slots = new ScoreboardSlot[count];
        for (int i = 0; i < count; i++) {
            slots[i] = new ScoreboardSlot(memory.asSlice(i * ScoreboardSlot.BYTES, ScoreboardSlot.BYTES));
        }
        secret = memory.asSlice(count * ScoreboardSlot.BYTES, SECRET_BYTES);
        orders = memory.asSlice(count * ScoreboardSlot.BYTES + SECRET_BYTES, ORDERS_BYTES);
    }

    /** One that nobody else sees, where nothing has happened; not to be closed. */
    public static Scoreboard blank(int slots) {
        var arena = Arena.ofAuto();
        return new Scoreboard(arena, arena.allocate(bytes(slots), Long.BYTES), slots);
    }

    /** The size that the file must have for {@code slots} workers. */
    public static long bytes(int slots) {
        return slots * ScoreboardSlot.BYTES + SECRET_BYTES + ORDERS_BYTES;
    }

    /**
     * Maps a scoreboard.
     *
     * @param file the shared memory, in practice {@code /proc/self/fd/N}
     * @throws IOException when it cannot be mapped; nothing is left open
     */
    public static Scoreboard map(Path file, int slots) throws IOException {
        var arena = Arena.ofShared();
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new Scoreboard(arena, channel.map(MapMode.READ_WRITE, 0, bytes(slots), arena), slots);
        }
    }

    /** Draws the secret; the master does it once, before it spawns anybody. */
    public void drawSecret(SecureRandom random) {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        MemorySegment.copy(bytes, 0, secret, ValueLayout.JAVA_BYTE, 0, SECRET_BYTES);
    }

    /** The secret; all zero until it is drawn. */
    public byte[] secret() {
        return secret.toArray(ValueLayout.JAVA_BYTE);
    }

    /** The master says which worker leads, by its pid; 0 for none. */
    public void leader(int pid) {
        INT.setVolatile(orders, LEADER, pid);
    }

    /** The pid of the worker that leads, 0 if none does. */
    public int leader() {
        return (int) INT.getVolatile(orders, LEADER);
    }

    /** Whether workers leave new connections in the kernel's queue; those that are open go on. */
    public void paused(boolean paused) {
        INT.setVolatile(orders, PAUSED, paused ? 1 : 0);
    }

    public boolean paused() {
        return (int) INT.getVolatile(orders, PAUSED) != 0;
    }

    public int size() {
        return slots.length;
    }

    public ScoreboardSlot slot(int index) {
        return slots[index];
    }

    /** What has happened to sessions in all slots, since the server was started. */
    public ScoreboardSessions.Snapshot sessions() {
        return Arrays.stream(slots)
                .map(slot -> slot.sessions().snapshot())
                .reduce(ScoreboardSessions.Snapshot.NONE, ScoreboardSessions.Snapshot::plus);
    }

    /** The same for each context, by its path. */
    public List<ScoreboardContexts.Row> sessionsByContext() {
        var contexts = new TreeMap<String, ScoreboardContexts.Row>();
        for (var slot : slots) {
            slot.sessions().rows().forEach(row -> contexts.merge(row.path(), row, ScoreboardContexts.Row::plus));
        }
        return List.copyOf(contexts.values());
    }

    /** How requests have ended in all slots, since the server was started. */
    public ScoreboardAnswers.Snapshot answers() {
        return Arrays.stream(slots)
                .map(slot -> slot.answers().snapshot())
                .reduce(ScoreboardAnswers.Snapshot.NONE, ScoreboardAnswers.Snapshot::plus);
    }

    /** Unmaps the memory; slots must not be used any more. */
    @Override
    public void close() {
        arena.close();
    }
}
