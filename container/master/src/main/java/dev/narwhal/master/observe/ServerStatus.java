package dev.narwhal.master.observe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server at one moment; its JSON is what the control socket answers, see {@code docs/control.md}.
 *
 * @param pid of the master
 * @param mode {@code running}, {@code paused}, {@code leaving} or {@code stopping}
 * @param target how many workers are wanted
 * @param ready how many serve
 * @param requests begun since the master started, those of workers that are gone included
 * @param listeners the addresses of the applications
 * @param range between what the number of workers follows the load, if it does
 * @param upgrade whether another master takes the place of this one
 */
public record ServerStatus(
        int pid,
        String version,
        String java,
        long uptimeSeconds,
        String mode,
        int target,
        int ready,
        long requests,
        Release release,
        List<String> listeners,
        List<Worker> workers,
        @Nullable Range range,
        Upgrade upgrade) {

    /**
     * Which release serves.
     *
     * @param serving the generation that serves, 0 before the first worker was ready
     * @param newest the newest generation there was, refused ones included
     * @param phase {@code steady}, {@code preparing}, {@code trying}, {@code watching} or {@code replacing}
     * @param queued whether a reload waits for the one that goes on
     * @param kept the generation whose workers wait for a rollback, or 0
     * @param keptSeconds for how long they will
     * @param refused the last generation that was refused, if one was
     */
    public record Release(
            int serving,
            int newest,
            String phase,
            boolean queued,
            int kept,
            long keptSeconds,
            @Nullable Refused refused) {

        /** Whether there is a release that a rollback leads back to, or one that is tried. */
        public boolean canRollBack() {
            return kept > 0 || (serving > 0 && !phase.equals("steady") && !phase.equals("replacing"));
        }
    }

    /**
     * Bounds of the number of workers.
     *
     * @param busy how much of what the workers can do they have done lately, from 0 to 1
     */
    public record Range(int least, int most, double busy) {}

    /**
     * A release that was not adopted.
     *
     * @param exitCode what the master would have ended with, had it been the first
     */
    public record Refused(int generation, int exitCode, String reason) {}

    /**
     * A worker, or the place of one that is to come.
     *
     * @param pid 0 while there is no process
     * @param state what it does, such as {@code ready}; docs/control.md has them all
     * @param ageSeconds since it was spawned
     * @param inFlight requests begun and not ended
     * @param permits how many requests it runs at once; 0 while it does not say
     * @param connections open client connections
     * @param requests begun since it was spawned
     * @param busyThreads threads that are in a request
     * @param leader whether it does what only one may do
     * @param residentBytes what the kernel says it has in memory; 0 when it is gone
     * @param heapBytes what its objects take, garbage included
     * @param liveBytes what they took after the last collection
     * @param heapMostBytes what they may take
     * @param pauses how often the garbage collector stopped it, and those in its slot before it
     * @param pauseMillis for how long, together
     */
    public record Worker(
            int slot,
            int pid,
            int generation,
            String state,
            long ageSeconds,
            int inFlight,
            int permits,
            int connections,
            long requests,
            int busyThreads,
            boolean leader,
            long residentBytes,
            long heapBytes,
            long liveBytes,
            long heapMostBytes,
            long pauses,
            long pauseMillis) {}

    /**
     * A request in flight.
     *
     * @param path without the query
     */
    public record Request(int slot, int pid, long ageMillis, String method, String path) {}

    /**
     * The last upgrade.
     *
     * @param attempts how many there were
     * @param phase {@code none}, {@code starting}, {@code preparing}, {@code booting}, {@code withdrawing}, {@code failed} or {@code done}
     * @param pid of the new master, 0 if there is none
     * @param exitCode what {@code narwhal ctl upgrade --wait} ends with
     * @param reason why it failed, if it did
     */
    public record Upgrade(
            int attempts,
            String phase,
            int pid,
            int exitCode,
            @Nullable String reason) {}

    /**
     * A listening socket.
     *
     * @param address as it is opened in a browser
     * @param queued connections that wait to be accepted
     * @param most how many may
     */
    public record Listening(String address, int queued, int most) {}

    public ServerStatus {
        listeners = List.copyOf(listeners);
        workers = List.copyOf(workers);
    }
}
