package dev.narwhal.master.arbiter;

import java.time.Duration;
import java.util.Map;

/**
 * The work that there was at one moment, as measured by the edge.
 *
 * @param queued connections that nobody has accepted yet
 * @param answered requests that ever ended
 * @param waited how long those have waited in their workers for a thread, together
 * @param workers what those who live are at, by pid
 * @param freeBytes memory that another worker could have
 * @param paused whether nobody accepts, by order of an operator
 */
public record Load(
        int queued, long answered, Duration waited, Map<Integer, Toil> workers, long freeBytes, boolean paused) {

    /**
     * What one worker is at.
     *
     * @param inFlight requests begun and not ended
     * @param cpu the time on processors that it ever had
     * @param residentBytes its memory
     */
    public record Toil(int inFlight, Duration cpu, long residentBytes) {}

    public Load {
        workers = Map.copyOf(workers);
    }
}
