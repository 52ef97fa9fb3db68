package dev.narwhal.master.serve;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.PrepareMessage;
import dev.narwhal.contract.PrepareSpec;
import dev.narwhal.contract.PreparedWar;
import dev.narwhal.contract.ResourceSpec;
import dev.narwhal.master.arbiter.Event;
import dev.narwhal.master.config.Config;
import dev.narwhal.master.config.Machine;
import dev.narwhal.master.config.Plan;
import dev.narwhal.master.config.Problem;
import dev.narwhal.master.config.TlsCheck;
import dev.narwhal.master.config.UsersCheck;
import dev.narwhal.master.posix.Signal;
import dev.narwhal.master.process.Child;
import dev.narwhal.master.process.ChildFds;
import dev.narwhal.master.process.ExitStatus;
import dev.narwhal.master.process.Spawner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has releases prepared, each by a child of its own, and keeps what they are. Started on the arbiter's thread; the result is recorded by the
 * watcher of the child before the event that tells of it.
 */
final class Preparation {

    /** The preparing child reads descriptors and class files; it does not run the application. */
    static final List<String> JVM_FLAGS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m");

    private static final Logger log = LoggerFactory.getLogger(Preparation.class);

    private final Config config;
    private final Machine machine;
    private final Path cache;
    private final Children children;
    private final Queue<Event> events;
    private final Consumer<Duration> took;
    private final Spawner spawner = new Spawner();
    private final Map<Integer, Release> releases = new ConcurrentHashMap<>();
    private volatile int newest;
    private @Nullable Child running;

    Preparation(
            Config config,
            Machine machine,
            Path cache,
            Children children,
            Queue<Event> events,
            Consumer<Duration> took) {
        this.config = config;
        this.machine = machine;
        this.cache = cache;
        this.children = children;
        this.events = events;
        this.took = took;
    }

    /** What the workers of a generation run; there are none before it is prepared. */
    Release release(int generation) {
        var release = releases.get(generation);
        if (release == null) {
            throw new IllegalArgumentException("generation " + generation + " was not prepared");
        }
        return release;
    }

    Optional<Release> latest() {
        return Optional.ofNullable(releases.get(newest));
    }

    void start(int generation) {
        var problems = usersProblems();
        if (!problems.isEmpty()) {
            events.add(new Event.PrepareFailed(generation, ExitCode.USAGE, "reading the users: " + problems, ""));
            return;
        }
        problems = tlsProblems();
        if (!problems.isEmpty()) {
            events.add(
                    new Event.PrepareFailed(generation, ExitCode.USAGE, "reading the files of TLS: " + problems, ""));
            return;
        }
        var spec = new PrepareSpec(
                config.wars().stream()
                        .map(war -> new PrepareSpec.War(war.path(), war.contextPath()))
                        .toList(),
                cache,
                !config.noMigrate(),
                ChildFds.reportOnly().report(),
                config.logLevel().label(),
                config.libraries(),
                config.resources().stream().map(ResourceSpec::name).toList());
        try {
            var child =
                    spawner.spawn(children.launch(children.command().prepare(spec, JVM_FLAGS), ChildFds.reportOnly()));
            running = child;
            var result = new Result(generation);
            child.watch(line -> result.add(PrepareMessage.parse(line)), result::finish);
        } catch (IOException e) {
            events.add(new Event.PrepareFailed(generation, ExitCode.SYSTEM, String.valueOf(e.getMessage()), ""));
        }
    }

    /** A file that was valid at the start may have been changed since; one line, empty when there is nothing to say. */
    private String usersProblems() {
        return config.security().users().stream()
                .flatMap(users -> UsersCheck.problems(users, users.toString()).stream())
                .map(Problem::toString)
                .collect(Collectors.joining(" "));
    }

    /** As for users: certificates are renewed while the server runs. */
    private String tlsProblems() {
        return config.security().tls().stream()
                .flatMap(files -> TlsCheck.problems(files).stream())
                .map(Problem::toString)
                .collect(Collectors.joining(" "));
    }

    /** Ends a child that is still preparing. */
    void stop() {
        if (running != null) {
            running.signal(Signal.KILL);
        }
    }

    /** What one child has said so far. Only the child's watcher uses it. */
    private final class Result {

        private final int generation;
        private final long start = System.nanoTime();
        private final List<PreparedWar> prepared = new ArrayList<>();
        private final Progress progress = new Progress();
        private PrepareMessage.@Nullable Failed failed;

        private Result(int generation) {
            this.generation = generation;
        }

        private void add(PrepareMessage message) {
            switch (message) {
                case PrepareMessage.Progress(String what) -> progress.show(what);
                case PrepareMessage.Warning(String text) -> {
                    progress.clear();
                    log.warn(text);
                }
                case PrepareMessage.Prepared(PreparedWar war) -> prepared.add(war);
                case PrepareMessage.Failed failure -> failed = failure;
            }
        }

        private void finish(ExitStatus status) {
            progress.clear();
            if (failed != null) {
                events.add(new Event.PrepareFailed(generation, failed.code(), failed.reason(), failed.detail()));
            } else if (status instanceof ExitStatus.Exited(int code)
                    && code == 0
                    && prepared.size() == config.wars().size()) {
                succeed();
            } else {
                events.add(new Event.PrepareFailed(
                        generation, ExitCode.BOOT, "preparing the applications: the child ended with " + status, ""));
            }
        }

        private void succeed() {
            var release = new Release(prepared, Plan.of(config, prepared, machine));
            releases.put(generation, release);
            newest = generation;
            var duration = Duration.ofNanos(System.nanoTime() - start);
            took.accept(duration);
            log.info("prepared {} in {} ms{}", release.names(), duration.toMillis(), release.circumstances());
            Notices.log(release, config);
            events.add(new Event.Prepared(generation, release.plan().workers()));
        }
    }
}
