package dev.narwhal.master.arbiter;

import java.time.Duration;
import java.util.Optional;

/**
 * What the operator configured of supervision, and the waits that nobody configures.
 *
 * @param workers how many workers are wanted until {@link Event.Prepared} says how many the release calls for
 * @param slots the places of the scoreboard; at most {@code slots - 1} workers are wanted, one place is for the new worker of a
 *     reload
 * @param bootTimeout from the spawn of a worker to its {@code ready}
 * @param timeout how old a ready worker's last heartbeat may become
 * @param gracefulTimeout how long a worker may drain
 * @param exitOnCrashLoop whether the master stops when workers die young again and again and none serves
 * @param rolling how releases replace each other
 * @param elastic how the number of workers follows the load, if it does
 */
public record Settings(
        int workers,
        int slots,
        Duration bootTimeout,
        Duration timeout,
        Duration gracefulTimeout,
        boolean exitOnCrashLoop,
        Rolling rolling,
        Optional<Elastic> elastic) {

    /** A worker that dies sooner than this after it was ready is respawned with backoff. */
    static final Duration YOUNG = Duration.ofSeconds(5);

    /** How long a hung JVM gets to print its threads. */
    static final Duration DUMP = Duration.ofSeconds(2);

    /** How long a killed process may take to go before it is reported, and killed again. */
    static final Duration REAP = Duration.ofSeconds(10);

    /** What replaces the graceful timeout on a quick stop. */
    static final Duration QUICK = Duration.ofSeconds(1);

    /** A deadline that is noticed so late was slept through: SIGSTOP, a frozen container, a starved machine. */
    static final Duration STALL = Duration.ofSeconds(2);

    /** What workers then get to beat again. */
    static final Duration THAW = Duration.ofSeconds(5);

    /** So many young deaths in a row in one place are a crash loop. */
    static final int CRASH_LOOP = 3;

    private static final int LONGEST_BACKOFF = 60;

    public Settings {
        if (slots < 2) {
            throw new IllegalArgumentException(
                    "planning slots: %d, but a worker and its replacement need 2".formatted(slots));
        }
        rolling = new Rolling(Math.clamp(rolling.surge(), 1, slots - 1), rolling.keepPrevious(), rolling.canary());
        int places = mostWorkers(slots, rolling);
        workers = Math.clamp(workers, 1, places);
        elastic = elastic.map(rules -> rules.within(places));
    }

    /** The same with a fixed number of workers. */
    public Settings(
            int workers,
            int slots,
            Duration bootTimeout,
            Duration timeout,
            Duration gracefulTimeout,
            boolean exitOnCrashLoop,
            Rolling rolling) {
        this(workers, slots, bootTimeout, timeout, gracefulTimeout, exitOnCrashLoop, rolling, Optional.empty());
    }

    /** The same with a number of workers that follows the load. */
    public Settings with(Elastic rules) {
        return new Settings(
                workers, slots, bootTimeout, timeout, gracefulTimeout, exitOnCrashLoop, rolling, Optional.of(rules));
    }

    /** The same with all that is optional as by default. */
    public Settings(int workers, int slots, Duration bootTimeout, Duration timeout, Duration gracefulTimeout) {
        this(workers, slots, bootTimeout, timeout, gracefulTimeout, false, Rolling.DEFAULT);
    }

    int leastWorkers() {
        return elastic.map(Elastic::least).orElse(1);
    }

    int mostWorkers() {
        return elastic.map(Elastic::most).orElseGet(() -> mostWorkers(slots, rolling));
    }

    /** Those that are kept have places of their own. */
    private static int mostWorkers(int slots, Rolling rolling) {
        int places = slots - rolling.surge();
        return rolling.keeps() ? Math.max(1, places / 2) : places;
    }

    /** The wait after the nth young death in a row, n from 1: 1 s, 2 s, 4 s ... 60 s. */
    static Duration backoff(int deaths) {
        return Duration.ofSeconds(deaths > 6 ? LONGEST_BACKOFF : 1L << (deaths - 1));
    }
}
