package dev.narwhal.master.config;

import java.time.Duration;
import java.util.List;

/**
 * How a release takes the place of the one before.
 *
 * @param surge how many workers are replaced at once
 * @param warmup paths that a new worker requests of itself before it is ready
 * @param keepPrevious how long the workers of the release before stay for a rollback; zero: they end at once
 * @param canary what the first new worker has to prove
 * @param watch whether a change of files is a reload
 */
public record ReleaseRules(int surge, List<String> warmup, Duration keepPrevious, CanaryRules canary, Watch watch) {

    /**
     * What the first new worker has to prove.
     *
     * @param window how long it is watched; zero: not at all
     * @param errors how many more of 100 requests may fail than with the others
     * @param latency how many times as long as the others it may take; 0: as long as it likes
     * @param requests how many it must have answered to be judged
     */
    public record CanaryRules(Duration window, int errors, int latency, int requests) {}

    /**
     * Reloads by themselves, for development.
     *
     * @param on whether there are any
     * @param patterns of more files to watch, below the working directory
     */
    public record Watch(boolean on, List<String> patterns) {

        public Watch {
            patterns = List.copyOf(patterns);
        }
    }

    public ReleaseRules {
        warmup = List.copyOf(warmup);
    }

    static ReleaseRules of(Givens givens) {
        return new ReleaseRules(
                givens.one(Settings.SURGE),
                givens.all(Settings.WARMUP),
                givens.one(Settings.KEEP_PREVIOUS),
                new CanaryRules(
                        givens.one(Settings.CANARY),
                        givens.one(Settings.CANARY_ERRORS),
                        givens.one(Settings.CANARY_LATENCY),
                        givens.one(Settings.CANARY_REQUESTS)),
                new Watch(givens.one(Settings.RELOAD), givens.all(Settings.RELOAD_EXTRA)));
    }
}
