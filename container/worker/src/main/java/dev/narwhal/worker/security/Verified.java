package dev.narwhal.worker.security;

import dev.narwhal.contract.users.StoredPassword;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passwords that were right a moment ago, so that BASIC does not hash at every request. Holds fingerprints and no passwords; belongs to one
 * process; a changed hash of the user is another key, so the old password ends with it. Wrong passwords are never remembered: guessing stays slow.
 */
final class Verified {

    /**
     * One right answer.
     *
     * @param fingerprint of the password that was given
     */
    record Key(String name, StoredPassword stored, String fingerprint) {}

    private static final long KEPT_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int MOST = 10_000;

    private final ConcurrentHashMap<Key, Long> until = new ConcurrentHashMap<>();

    boolean recently(Key key, long now) {
        var end = until.get(key);
        return end != null && end - now > 0;
    }

    void remember(Key key, long now) {
        if (until.size() >= MOST) {
            until.values().removeIf(end -> end - now <= 0);
        }
        if (until.size() < MOST) {
            until.put(key, now + KEPT_NANOS);
        }
    }
}
