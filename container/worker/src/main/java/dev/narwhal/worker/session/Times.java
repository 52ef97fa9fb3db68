package dev.narwhal.worker.session;

/**
 * When a session was used.
 *
 * @param created milliseconds since 1970, as all of these
 * @param accessed when the last request that is done began
 * @param touched when a request last had the session; from then on it is idle
 * @param maxInactive the longest time to be idle, in seconds; zero or less: no limit
 */
public record Times(long created, long accessed, long touched, int maxInactive) {

    private static final long NEVER = Long.MAX_VALUE;

    /** The first moment at which the session has expired; the greatest long for never. */
    public long expiry() {
        return maxInactive <= 0 ? NEVER : touched + maxInactive * 1000L;
    }

    public boolean expired(long now) {
        return now >= expiry();
    }

    /** The same after a change; no time ever goes back. */
    public Times after(Change change) {
        return new Times(
                created,
                Math.max(accessed, change.accessed()),
                Math.max(touched, change.touched()),
                change.maxInactive().orElse(maxInactive));
    }
}
