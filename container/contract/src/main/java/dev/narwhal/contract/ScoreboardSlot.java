package dev.narwhal.contract;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One worker's part of the {@link Scoreboard}.
 *
 * <p>The worker writes from any of its threads, everybody reads. Single numbers are exact; a set of numbers, or an entry of
 * the ring that changes while it is read, may be torn, which a log line or a load comparison can bear.
 */
public final class ScoreboardSlot {

    /** What the worker in a slot is doing, as it says itself. */
    public enum State {
        EMPTY(0),
        BOOTING(1),
        READY(2),
        DRAINING(3),
        /** Takes no connection until it is told to. */
        PAUSED(4);

        private final int code;

        State(int code) {
            this.code = code;
        }

        private static State of(int code) {
            return switch (code) {
                case 1 -> BOOTING;
                case 2 -> READY;
                case 3 -> DRAINING;
                default -> EMPTY;
            };
        }
    }

    /**
     * A request in flight.
     *
     * @param age how long it has been running
     * @param path the request target's path, cut at {@value #PATH_BYTES} bytes
     */
    public record Request(Duration age, String method, String path) {}

    /**
     * The numbers at one moment.
     *
     * @param heartbeat {@link System#nanoTime()} of the last beat; 0 before the first
     * @param inFlight requests begun and not ended
     * @param connections open client connections
     * @param requests requests begun since the worker started
     */
    public record Counters(
            State state, int pid, int generation, long heartbeat, int inFlight, int connections, long requests) {}

    /** What {@link #begin} returns when all places of the ring are taken. */
    public static final int UNRECORDED = -1;

    static final long BYTES = 18 * 4096;

    private static final VarHandle INT = JAVA_INT.varHandle();
    private static final VarHandle LONG = JAVA_LONG.varHandle();

    // The first cache line changes rarely, the second with every request, the third with every heartbeat.
    private static final long STATE = 0;
    private static final long PID = 4;
    private static final long GENERATION = 8;
    private static final long PEER_PORT = 12;
    private static final long INCARNATION = 16;
    private static final long PERMITS = 24;
    private static final long IN_FLIGHT = 64;
    private static final long CONNECTIONS = 68;
    private static final long REQUESTS = 72;
    private static final long BUSY = 80;
    private static final long HEARTBEAT = 128;

    private static final long SESSIONS = 256;
    private static final long ANSWERS = 512;
    private static final long VM = 960;

    private static final long RING = 1024;
    private static final int RING_SIZE = 256;
    private static final long ENTRY_BYTES = 256;
    private static final long ENTRY_START = 0; // 0: the entry is free
    private static final long ENTRY_METHOD_LENGTH = 8;
    private static final long ENTRY_PATH_LENGTH = 9;
    private static final long ENTRY_METHOD = 10;
    private static final int METHOD_BYTES = 22;
    private static final long ENTRY_PATH = 32;
    private static final int PATH_BYTES = 224;
    private static final int PROBES = 8;

    private static final long CONTEXTS = RING + RING_SIZE * ENTRY_BYTES;

    private final MemorySegment memory;
    private final ScoreboardSessions sessions;
    private final ScoreboardAnswers answers;
    private final ScoreboardVm vm;
    private int cursor; // a hint where the ring may have a free entry; races are harmless

    ScoreboardSlot(MemorySegment memory) {
        this.memory = memory;
        this.sessions = new ScoreboardSessions(
                memory.asSlice(SESSIONS, ScoreboardSessions.BYTES),
                new ScoreboardContexts(memory.asSlice(CONTEXTS, ScoreboardContexts.BYTES)));
        this.answers = new ScoreboardAnswers(memory.asSlice(ANSWERS, ScoreboardAnswers.BYTES));
        this.vm = new ScoreboardVm(memory.asSlice(VM, ScoreboardVm.BYTES));
    }

    /** What the worker does with sessions. */
    public ScoreboardSessions sessions() {
        return sessions;
    }

    /** How the requests of the worker, and of those before it, ended. */
    public ScoreboardAnswers answers() {
        return answers;
    }

    /** How the worker's JVM is. */
    public ScoreboardVm vm() {
        return vm;
    }

    /** The master prepares the slot for a worker that it is about to spawn. */
    public void reset(int generation) {
        memory.asSlice(0, SESSIONS).fill((byte) 0);
        memory.asSlice(RING, CONTEXTS - RING).fill((byte) 0);
        sessions.forgetLive();
        vm.forgetHeap();
        INT.setVolatile(memory, GENERATION, generation);
        INT.setVolatile(memory, STATE, State.BOOTING.code);
    }

    /** The master says that nobody runs here any more; the numbers stay readable. */
    public void vacate() {
        sessions.forgetLive();
        vm.forgetHeap();
        state(State.EMPTY);
    }

    public void pid(int pid) {
        INT.setVolatile(memory, PID, pid);
    }

    /**
     * The worker takes requests from other workers.
     *
     * @param port where, on the loopback address
     * @param incarnation tells it from those that had the slot before
     */
    public void peer(int port, int incarnation) {
        INT.setVolatile(memory, INCARNATION, incarnation);
        INT.setVolatile(memory, PEER_PORT, port);
    }

    /** The worker runs so many requests at once. */
    public void permits(int permits) {
        INT.setVolatile(memory, PERMITS, permits);
    }

    /** 0 before the worker has said it. */
    public int permits() {
        return (int) INT.getVolatile(memory, PERMITS);
    }

    /** 0 for a worker that takes no requests from others. */
    public int peerPort() {
        return (int) INT.getVolatile(memory, PEER_PORT);
    }

    public int incarnation() {
        return (int) INT.getVolatile(memory, INCARNATION);
    }

    public void state(State state) {
        INT.setVolatile(memory, STATE, state.code);
    }

    public State state() {
        return State.of((int) INT.getVolatile(memory, STATE));
    }

    public void beat(long nanoTime) {
        LONG.setVolatile(memory, HEARTBEAT, nanoTime);
    }

    public long heartbeat() {
        return (long) LONG.getVolatile(memory, HEARTBEAT);
    }

    public void connectionOpened() {
        INT.getAndAdd(memory, CONNECTIONS, 1);
    }

    public void connectionClosed() {
        INT.getAndAdd(memory, CONNECTIONS, -1);
    }

    /** A thread takes up a request. */
    public void threadEnters() {
        INT.getAndAdd(memory, BUSY, 1);
    }

    /** It is done with it, for now. */
    public void threadLeaves() {
        INT.getAndAdd(memory, BUSY, -1);
    }

    /** How many threads are in a request that has begun on them. */
    public int busyThreads() {
        return (int) INT.getVolatile(memory, BUSY);
    }

    public int connections() {
        return (int) INT.getVolatile(memory, CONNECTIONS);
    }

    public int inFlight() {
        return (int) INT.getVolatile(memory, IN_FLIGHT);
    }

    /**
     * A request starts.
     *
     * @param now {@link System#nanoTime()}
     * @return what {@link #end} is to be called with
     */
    public int begin(String method, String path, long now) {
        LONG.getAndAdd(memory, REQUESTS, 1L);
        return beginCallback(method, path, now);
    }

    /** Like {@link #begin}, for work that is no request: a message on an upgraded connection. */
    public int beginCallback(String method, String path, long now) {
        INT.getAndAdd(memory, IN_FLIGHT, 1);
        long start = now == 0 ? 1 : now;
        int first = cursor;
        for (int i = 0; i < PROBES; i++) {
            int place = (first + i) & (RING_SIZE - 1);
            long entry = RING + place * ENTRY_BYTES;
            // Taken with a negative start, so that readers pass over it until method and path are written.
            if ((long) LONG.getOpaque(memory, entry + ENTRY_START) == 0
                    && LONG.compareAndSet(memory, entry + ENTRY_START, 0L, -1L)) {
                cursor = place + 1;
                memory.set(JAVA_BYTE, entry + ENTRY_METHOD_LENGTH, write(method, entry + ENTRY_METHOD, METHOD_BYTES));
                memory.set(JAVA_BYTE, entry + ENTRY_PATH_LENGTH, write(path, entry + ENTRY_PATH, PATH_BYTES));
                LONG.setRelease(memory, entry + ENTRY_START, start);
                return place;
            }
        }
        return UNRECORDED;
    }

    /** The request that {@link #begin} returned {@code ticket} for is over. */
    public void end(int ticket) {
        if (ticket != UNRECORDED) {
            LONG.setRelease(memory, RING + ticket * ENTRY_BYTES + ENTRY_START, 0L);
        }
        INT.getAndAdd(memory, IN_FLIGHT, -1);
    }

    public Counters counters() {
        return new Counters(
                state(),
                (int) INT.getVolatile(memory, PID),
                (int) INT.getVolatile(memory, GENERATION),
                heartbeat(),
                inFlight(),
                connections(),
                (long) LONG.getVolatile(memory, REQUESTS));
    }

    /** The requests in flight that have a place in the ring, oldest first. */
    public List<Request> requests(long now) {
        var requests = new ArrayList<Request>();
        for (int place = 0; place < RING_SIZE; place++) {
            long entry = RING + place * ENTRY_BYTES;
            long start = (long) LONG.getAcquire(memory, entry + ENTRY_START);
            if (start > 0) {
                requests.add(new Request(
                        Duration.ofNanos(Math.max(0, now - start)),
                        read(entry + ENTRY_METHOD, memory.get(JAVA_BYTE, entry + ENTRY_METHOD_LENGTH)),
                        read(entry + ENTRY_PATH, memory.get(JAVA_BYTE, entry + ENTRY_PATH_LENGTH))));
            }
        }
        requests.sort(Comparator.comparing(Request::age).reversed());
        return requests;
    }

    /** Request lines are ASCII on the wire, so a character is a byte; anything else shows as '?'. */
    private byte write(String text, long offset, int limit) {
        int length = Math.min(text.length(), limit);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            memory.set(JAVA_BYTE, offset + i, (byte) (c < 0x80 ? c : '?'));
        }
        return (byte) length;
    }

    private String read(long offset, byte length) {
        return new String(
                memory.asSlice(offset, Byte.toUnsignedInt(length)).toArray(JAVA_BYTE), StandardCharsets.US_ASCII);
    }
}
