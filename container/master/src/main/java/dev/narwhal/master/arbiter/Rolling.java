package dev.narwhal.master.arbiter;

import java.time.Duration;
import java.util.Optional;

/**
 * How a release takes the place of the one before.
 *
 * @param surge how many workers more than wanted run while others are replaced
 * @param keepPrevious how long the workers of the release before stay, paused, so that a rollback has them at once; zero: they end
 * @param canary how the first worker has to prove itself, if being ready is not enough
 */
public record Rolling(int surge, Duration keepPrevious, Optional<Canary.Rules> canary) {

    static final Rolling DEFAULT = new Rolling(1, Duration.ZERO, Optional.empty());

    boolean keeps() {
        return !keepPrevious.isZero();
    }
}
