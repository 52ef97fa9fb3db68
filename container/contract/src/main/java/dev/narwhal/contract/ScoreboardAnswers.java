package dev.narwhal.contract;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** How requests ended, in a {@link ScoreboardSlot}. The numbers go on counting when another worker gets the slot. */
public final class ScoreboardAnswers {

    /** The upper bounds, inclusive, of the times that are counted together; what took longer than the last is counted behind it. */
    public static final List<Duration> BOUNDS = Stream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000)
            .map(Duration::ofMillis)
            .toList();

    /**
     * The numbers at one moment.
     *
     * @param statuses answers with a status of 1xx, 2xx, 3xx, 4xx and 5xx
     * @param unanswered requests that ended before a byte of their answer was sent
     * @param timedOut requests that ran for longer than they may, whatever their answer
     * @param surplus requests that were refused since too many waited
     * @param overdue requests that were refused since they had waited for too long
     * @param durations requests by how long they took: one number for each of {@link #BOUNDS}, and one for all that took longer
     * @param nanos how long all requests took together
     * @param waitNanos how long of it they waited for a thread
     */
    public record Snapshot(
            List<Long> statuses,
            long unanswered,
            long timedOut,
            long surplus,
            long overdue,
            List<Long> durations,
            long nanos,
            long waitNanos) {

        /** Nothing happened. */
        public static final Snapshot NONE = new Snapshot(
                Collections.nCopies(STATUS_CLASSES, 0L), 0, 0, 0, 0, Collections.nCopies(BOUNDS.size() + 1, 0L), 0, 0);

        public Snapshot {
            statuses = List.copyOf(statuses);
            durations = List.copyOf(durations);
        }

        /** What both have counted. */
        public Snapshot plus(Snapshot other) {
            return new Snapshot(
                    sums(statuses, other.statuses),
                    unanswered + other.unanswered,
                    timedOut + other.timedOut,
                    surplus + other.surplus,
                    overdue + other.overdue,
                    sums(durations, other.durations),
                    nanos + other.nanos,
                    waitNanos + other.waitNanos);
        }

        private static List<Long> sums(List<Long> one, List<Long> other) {
            var sums = new ArrayList<Long>(one.size());
            for (int i = 0; i < one.size(); i++) {
                sums.add(one.get(i) + other.get(i));
            }
            return sums;
        }
    }

    private static final int STATUSES = 0;
    private static final int STATUS_CLASSES = 5;
    private static final int UNANSWERED = STATUSES + STATUS_CLASSES;
    private static final int TIMED_OUT = UNANSWERED + 1;
    private static final int NANOS = TIMED_OUT + 1;
    private static final int DURATIONS = NANOS + 1;
    private static final int WAIT_NANOS = DURATIONS + BOUNDS.size() + 1;
    private static final int SURPLUS = WAIT_NANOS + 1;
    private static final int OVERDUE = SURPLUS + 1;
    private static final int WORDS = OVERDUE + 1;

    static final long BYTES = WORDS * (long) Long.BYTES;

    private static final VarHandle LONG = JAVA_LONG.varHandle();
    private static final long[] BOUND_NANOS =
            BOUNDS.stream().mapToLong(Duration::toNanos).toArray();

    private final MemorySegment memory;

    ScoreboardAnswers(MemorySegment memory) {
        this.memory = memory;
    }

    /** A request was answered with that status. */
    public void answered(int status, long nanos) {
        add(STATUSES + Math.clamp(status / 100 - 1, 0, STATUS_CLASSES - 1), 1);
        took(nanos);
    }

    /** A request ended without an answer: the client was gone, or the connection was cut. */
    public void unanswered(long nanos) {
        add(UNANSWERED, 1);
        took(nanos);
    }

    /** A request has run for longer than it may. It is counted again when it ends. */
    public void timedOut() {
        add(TIMED_OUT, 1);
    }

    /** A request is refused since too many wait. It is counted again when it ends. */
    public void surplus() {
        add(SURPLUS, 1);
    }

    /** A request is refused since it has waited for too long. It is counted again when it ends. */
    public void overdue() {
        add(OVERDUE, 1);
    }

    /** A request waited so long for a thread. */
    public void waited(long nanos) {
        add(WAIT_NANOS, nanos);
    }

    /** How many requests have ended, with an answer or without. */
    public long ended() {
        long ended = 0;
        for (int word = STATUSES; word <= UNANSWERED; word++) {
            ended += word(word);
        }
        return ended;
    }

    private void took(long nanos) {
        int bucket = 0;
        while (bucket < BOUND_NANOS.length && nanos > BOUND_NANOS[bucket]) {
            bucket++;
        }
        add(DURATIONS + bucket, 1);
        add(NANOS, nanos);
    }

    private void add(int word, long more) {
        long _ = (long) LONG.getAndAdd(memory, word * (long) Long.BYTES, more);
    }

    public Snapshot snapshot() {
        return new Snapshot(
                words(STATUSES, STATUS_CLASSES),
                word(UNANSWERED),
                word(TIMED_OUT),
                word(SURPLUS),
                word(OVERDUE),
                words(DURATIONS, BOUNDS.size() + 1),
                word(NANOS),
                word(WAIT_NANOS));
    }

    private List<Long> words(int first, int count) {
        var words = new ArrayList<Long>(count);
        for (int i = 0; i < count; i++) {
            words.add(word(first + i));
        }
        return words;
    }

    private long word(int word) {
        return (long) LONG.getOpaque(memory, word * (long) Long.BYTES);
    }
}
