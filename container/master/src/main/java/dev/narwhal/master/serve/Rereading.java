package dev.narwhal.master.serve;

import dev.narwhal.master.config.Config;
import dev.narwhal.master.config.Effective;
import dev.narwhal.master.config.Loaded;
import dev.narwhal.master.config.Problem;
import dev.narwhal.master.config.Unchangeable;
import dev.narwhal.master.config.WarRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration of each generation: that of the start for the first, and what is read again for those that follow. Orders come on threads of
 * the control socket; generations are read one after the other.
 */
final class Rereading {

    private static final Logger log = LoggerFactory.getLogger(Rereading.class);

    /**
     * What a generation is to run.
     *
     * @param config what can be had without a restart
     * @param effective the same as an operator is shown it
     * @param wars those that an operator ordered, which hold until others are
     */
    record Reading(Config config, Effective effective, List<String> wars) {

        Reading {
            wars = List.copyOf(wars);
        }
    }

    /** The configuration is wrong: the message has all problems. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        private RefusedException(List<Problem> problems) {
            super("reading the configuration: "
                    + problems.stream().map(Problem::toString).collect(Collectors.joining(" ")));
        }
    }

    private final Config running;
    private final Effective start;
    private final int first;
    private final Sources sources;

    /** For the next generation that is read. */
    private volatile Optional<List<String>> ordered = Optional.empty();

    private volatile List<String> wars = List.of();

    private volatile Effective inForce;

    /** The one that was read last, wherever that led. */
    private volatile Config newest;

    /**
     * A server that was started with a configuration.
     *
     * @param start the same as an operator is shown it
     * @param first the generation that it is for
     */
    Rereading(Config running, Effective start, Sources sources, int first) {
        this.start = start;
        inForce = start;
        this.first = first;
        this.running = running;
        this.sources = sources;
        newest = running;
    }

    /** The next generation runs these; none: what was ordered before, or else what is configured. */
    void order(List<String> newWars) {
        if (!newWars.isEmpty()) {
            ordered = Optional.of(List.copyOf(newWars));
        }
    }

    Reading read(int generation) throws RefusedException {
        if (generation == first) {
            return new Reading(running, start, List.of());
        }
        var chosen = ordered.orElse(wars);
        ordered = Optional.empty();
        return switch (sources.read(chosen)) {
            case Loaded.Refused refused -> throw new RefusedException(refused.problems());
            case Loaded.Valid valid -> {
                var conflict = Unchangeable.conflict(running, valid.config());
                if (conflict.isPresent()) {
                    throw new RefusedException(List.of(conflict.get()));
                }
                var kept = Unchangeable.changed(running, valid.config());
                kept.forEach(name -> log.warn(
                        "reloading: {} has changed, which takes a restart. The server goes on with what it was started with",
                        name));
                var reading = new Reading(
                        valid.config().on(running), valid.effective().on(start, kept), chosen);
                newest = reading.config();
                yield reading;
            }
        };
    }

    /** The configuration of the generation that serves. */
    String inForce() {
        return inForce.text();
    }

    /** What a change of which makes another release, for {@code --reload}. */
    SourceWatch.Watched watched() {
        var config = newest;
        var paths = new ArrayList<>(config.wars().stream().map(WarRef::path).toList());
        paths.addAll(config.libraries());
        var file = Path.of("narwhal.toml").toAbsolutePath();
        if (Files.exists(file)) {
            paths.add(file);
        }
        return new SourceWatch.Watched(paths, config.releases().watch().patterns());
    }

    /** A generation serves now. */
    void adopted(Reading reading) {
        wars = reading.wars();
        inForce = reading.effective();
        sources.logLevel(reading.config().logLevel());
    }
}
