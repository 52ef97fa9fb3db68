package dev.narwhal.master.config;

import dev.narwhal.contract.Dispatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A worker's part of the machine, so that N JVMs do not each plan for all of it.
 *
 * <p>Memory is divided by the workers and one more, because a rolling reload starts a worker before it stops one. Three
 * quarters of a part are heap; the rest holds what a JVM needs besides (classes, compiled code, stacks, network buffers),
 * and the master. Where a quarter is less than that needs, the heap gives way, down to half of the part.
 *
 * @param heapBytes for {@code -Xmx}, a whole number of MiB
 * @param cores what the JVM sizes its collector, compiler and pools by; rounded up, since workers are rarely busy together
 * @param carriers threads that run virtual threads which are not on the I/O thread, or 0 where there are none. Two at least:
 *     one request that burns CPU must not hold up the others
 */
record Share(long heapBytes, int cores, int carriers) {

    private static final long MIB = 1 << 20;

    /** What a JVM with a small framework application takes beside its heap. */
    private static final long OFF_HEAP = 160 * MIB;

    /** A worker with less is of no use to an ordinary application. */
    private static final long LEAST = 256 * MIB;

    /** Beyond it object references take twice the space (compressed object pointers end at 32 GiB). */
    private static final long MOST_HEAP = 31L << 30;

    /** Below it G1's regions and threads cost more than its short pauses bring; the JVM draws its own line near here. */
    private static final long SERIAL_HEAP = 2L << 30;

    private static final int SERIAL_CORES = 2;

    private static final Predicate<String> HEAP =
            Pattern.compile("-(Xmx|mx|XX:MaxHeapSize=|XX:MaxRAM).*").asMatchPredicate();
    private static final Predicate<String> COLLECTOR = Pattern.compile(
                    "-XX:\\+Use(Serial|Parallel|G1|Z|Shenandoah|Epsilon)GC")
            .asMatchPredicate();
    private static final Predicate<String> CORES =
            Pattern.compile("-XX:ActiveProcessorCount=.*").asMatchPredicate();
    private static final Predicate<String> CARRIERS =
            Pattern.compile("-Djdk\\.virtualThreadScheduler\\..*").asMatchPredicate();

    static Share of(Machine machine, int workers, Dispatch dispatch) {
        long part = machine.memoryBytes() / (workers + 1L);
        long heap = Math.max(part / 2, Math.min(machine.memoryBytes() / 4 * 3 / (workers + 1L), part - OFF_HEAP));
        int cores = Math.max(1, Math.ceilDiv(machine.cores(), workers));
        return new Share(
                Math.min(heap, MOST_HEAP) / MIB * MIB, cores, dispatch == Dispatch.VIRTUAL ? Math.max(2, cores) : 0);
    }

    /** How many workers the memory is enough for, at least one. */
    static int fitting(Machine machine) {
        return (int) Math.max(1, Math.min(Plan.MOST_WORKERS, machine.memoryBytes() / LEAST - 1));
    }

    /** The JVM flags of this share without those that the operator decided with flags of the same purpose. */
    List<String> flags(List<String> javaOpts) {
        var flags = new ArrayList<String>();
        if (javaOpts.stream().noneMatch(HEAP)) {
            flags.add("-Xmx" + heapBytes / MIB + "m");
        }
        if (javaOpts.stream().noneMatch(COLLECTOR) && (cores <= SERIAL_CORES || heapBytes < SERIAL_HEAP)) {
            flags.add("-XX:+UseSerialGC");
        }
        if (javaOpts.stream().noneMatch(CORES)) {
            flags.add("-XX:ActiveProcessorCount=" + cores);
        }
        if (carriers > 0 && javaOpts.stream().noneMatch(CARRIERS)) {
            flags.add("-Djdk.virtualThreadScheduler.parallelism=" + carriers);
        }
        return flags;
    }

    /** {@code 512 MiB}, {@code 23.5 GiB}. */
    static String show(long bytes) {
        long mib = bytes / MIB;
        return mib < 1024
                ? mib + " MiB"
                : mib % 1024 == 0 ? mib / 1024 + " GiB" : String.format(Locale.ROOT, "%.1f GiB", mib / 1024.0);
    }
}
