package dev.narwhal.master.config;

import dev.narwhal.contract.Dispatch;
import dev.narwhal.contract.PreparedWar;
import java.util.ArrayList;
import java.util.List;

/**
 * What the configuration means for these applications on this machine. Each decision comes with its reason, a phrase that
 * completes a log line such as {@code workers=2 (…)}.
 *
 * @param dispatch the dispatch class of all workers
 * @param workers how many to run, at first
 * @param most how many there may be, if the load calls for them; {@code workers} if their number is fixed
 * @param threads requests at once on platform threads, for each worker
 * @param maxInflight requests at once on virtual threads, for each worker
 * @param jvmShareFlags JVM flags that tell each worker its share of the machine; the operator's own are not repeated or
 *     contradicted. See {@link Share}
 * @param warnings whole sentences for the log
 */
public record Plan(
        Dispatch dispatch,
        String dispatchReason,
        int workers,
        int most,
        String workersReason,
        int threads,
        int maxInflight,
        List<String> jvmShareFlags,
        List<String> warnings) {

    static final int MOST_WORKERS = 512;
    static final int DEFAULT_THREADS = 200;
    static final int DEFAULT_MAX_INFLIGHT = 10_000;

    private record Dispatching(Dispatch dispatch, String reason) {}

    private record Counting(int workers, int most, String reason) {

        Counting(int workers, String reason) {
            this(workers, workers, reason);
        }
    }

    public Plan {
        jvmShareFlags = List.copyOf(jvmShareFlags);
        warnings = List.copyOf(warnings);
    }

    public static Plan of(Config config, List<PreparedWar> wars, Machine machine) {
        var dispatching = dispatching(config, wars);
        var counting = counting(config, wars, machine, dispatching.dispatch());
        var share = Share.of(machine, counting.most(), dispatching.dispatch());
        return new Plan(
                dispatching.dispatch(),
                dispatching.reason(),
                counting.workers(),
                counting.most(),
                counting.reason(),
                config.threads().orElse(DEFAULT_THREADS),
                config.maxInflight().orElse(DEFAULT_MAX_INFLIGHT),
                share.flags(config.javaOpts()),
                warnings(config, wars, machine, dispatching.dispatch(), counting.most()));
    }

    /** Whether their number follows the load. */
    public boolean adapts() {
        return most > workers;
    }

    /** How many requests a worker takes at once. */
    public int permits() {
        return switch (dispatch) {
            case SYNC -> 1;
            case THREADED -> threads;
            case VIRTUAL -> maxInflight;
        };
    }

    private static Dispatching dispatching(Config config, List<PreparedWar> wars) {
        if (config.dispatch() instanceof DispatchChoice.Fixed(Dispatch dispatch)) {
            return new Dispatching(dispatch, "as configured");
        }
        for (var war : wars) {
            if (war.nativeCode()) {
                // A virtual thread in a native frame cannot leave its carrier thread, here the I/O thread.
                return new Dispatching(
                        Dispatch.THREADED, war.name() + " brings native code, which pins virtual threads");
            }
        }
        if (config.threads().isPresent() && config.maxInflight().isEmpty()) {
            return new Dispatching(Dispatch.THREADED, "because threads is given");
        }
        return new Dispatching(Dispatch.VIRTUAL, "no WAR brings native code");
    }

    private static Counting counting(Config config, List<PreparedWar> wars, Machine machine, Dispatch dispatch) {
        if (config.workers() instanceof WorkerCount.Exactly(int workers)) {
            return new Counting(workers, "as configured");
        }
        if (config.workers() instanceof WorkerCount.Range(int least, int most)) {
            int fitting = Math.max(least, Share.fitting(machine));
            return fitting < most
                    ? new Counting(
                            least,
                            fitting,
                            "as the load calls for them; more do not fit " + Share.show(machine.memoryBytes())
                                    + " of memory")
                    : new Counting(least, most, "as the load calls for them");
        }
        if (config.onlyOneWorker()) {
            return new Counting(1, "because sessions are in the memory of one worker");
        }
        for (var war : wars) {
            if (!war.distributable()) {
                return new Counting(
                        1,
                        "web.xml of " + war.name()
                                + " has no <distributable/>; give --workers N if its requests may go to"
                                + " several JVMs");
            }
        }
        var wanted = wanted(machine.cores(), dispatch);
        int fitting = Share.fitting(machine);
        return wanted.workers() <= fitting
                ? wanted
                : new Counting(fitting, "as many as fit " + Share.show(machine.memoryBytes()) + " of memory");
    }

    /** There is no global interpreter lock to work around: threads give concurrency, workers give isolation. */
    private static Counting wanted(int cores, Dispatch dispatch) {
        return switch (dispatch) {
            case SYNC -> new Counting(Math.min(MOST_WORKERS, 2 * cores + 1), "2 x cores + 1, cores=" + cores);
            case THREADED, VIRTUAL ->
                cores / 2 > 2
                        ? new Counting(Math.min(MOST_WORKERS, cores / 2), "half the cores, cores=" + cores)
                        : new Counting(2, "two for isolation, cores=" + cores);
        };
    }

    private static List<String> warnings(
            Config config, List<PreparedWar> wars, Machine machine, Dispatch dispatch, int workers) {
        var warnings = new ArrayList<String>();
        if (workers > 1) {
            wars.stream()
                    .filter(war -> !war.distributable())
                    .map(war -> war.name() + " is not marked <distributable/> in its web.xml, but its requests go to "
                            + workers + " JVMs, as configured.")
                    .forEach(warnings::add);
        }
        if (workers > Share.fitting(machine)) {
            warnings.add(workers + " workers may not fit " + Share.show(machine.memoryBytes())
                    + " of memory; give fewer with --workers.");
        }
        if (config.workers() instanceof WorkerCount.Range && config.sessions() == SessionStorage.Local.MEMORY) {
            warnings.add(
                    "sessions are in the memory of the workers: when the load calls for fewer, those of whoever goes"
                            + " are gone.");
        }
        if (dispatch == Dispatch.SYNC && workers == 1) {
            warnings.add("dispatch=sync with one worker runs one request at a time.");
        }
        if (config.threads().isPresent() && dispatch != Dispatch.THREADED) {
            warnings.add("threads has no effect with dispatch=" + dispatch.label() + ".");
        }
        if (config.maxInflight().isPresent() && dispatch != Dispatch.VIRTUAL) {
            warnings.add("max-inflight has no effect with dispatch=" + dispatch.label() + ".");
        }
        return warnings;
    }
}
