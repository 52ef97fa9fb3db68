package dev.narwhal.master.serve;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.PrepareMessage;
import dev.narwhal.contract.PrepareSpec;
import dev.narwhal.contract.PreparedWar;
import dev.narwhal.contract.ResourceSpec;
import dev.narwhal.master.arbiter.Event;
import dev.narwhal.master.config.Config;
import dev.narwhal.master.config.LogFormat;
import dev.narwhal.master.config.Machine;
import dev.narwhal.master.config.Plan;
import dev.narwhal.master.config.Problem;
import dev.narwhal.master.config.TlsCheck;
import dev.narwhal.master.config.UsersCheck;
import dev.narwhal.master.output.Printer;
import dev.narwhal.master.output.WorkerOutput;
import dev.narwhal.master.posix.Signal;
import dev.narwhal.master.process.Child;
import dev.narwhal.master.process.ChildFds;
import dev.narwhal.master.process.ExitStatus;
import dev.narwhal.master.process.Launch;
import dev.narwhal.master.process.SharedMemory;
import dev.narwhal.master.process.Spawner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
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

    /** What is left of its output only has to be read. */
    private static final Duration LAST_LINES = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(Preparation.class);

    private final Rereading rereading;
    private final Machine machine;
    private final Path cache;
    private final Function<Config, Children> children;
    private final Queue<Event> events;
    private final Consumer<Duration> took;
    private final int slots;
    private final boolean captures;
    private final Spawner spawner = new Spawner();
    private final Map<Integer, Release> releases = new ConcurrentHashMap<>();
    private volatile int newest;
    private @Nullable Child running;
    private boolean stopped;

    /**
     * Nothing is prepared yet.
     *
     * @param captures whether what the children print passes through this process, if it is so configured
     */
    Preparation(
            Rereading rereading,
            Machine machine,
            Path cache,
            Function<Config, Children> children,
            Queue<Event> events,
            int slots,
            boolean captures,
            Consumer<Duration> took) {
        this.rereading = rereading;
        this.machine = machine;
        this.cache = cache;
        this.children = children;
        this.events = events;
        this.took = took;
        this.slots = slots;
        this.captures = captures;
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

    /** Reads what is configured, which may take a while where files are slow, and has it prepared. */
    void start(int generation) {
        Thread.ofPlatform().daemon(true).name("prepare").start(() -> prepare(generation));
    }

    private void prepare(int generation) {
        try {
            var reading = rereading.read(generation);
            var problems = problems(reading.config());
            if (problems.isEmpty()) {
                spawn(generation, reading);
            } else {
                events.add(new Event.PrepareFailed(generation, ExitCode.USAGE, problems, ""));
            }
        } catch (Rereading.RefusedException e) {
            events.add(new Event.PrepareFailed(generation, ExitCode.USAGE, String.valueOf(e.getMessage()), ""));
        } catch (IOException e) {
            events.add(new Event.PrepareFailed(generation, ExitCode.SYSTEM, String.valueOf(e.getMessage()), ""));
        } catch (RuntimeException e) {
            log.error("preparing generation {}", generation, e);
            events.add(new Event.PrepareFailed(generation, ExitCode.BUG, e.toString(), ""));
        }
    }

    private void spawn(int generation, Rereading.Reading reading) throws IOException {
        var config = reading.config();
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
        var result = new Result(generation, reading);
        synchronized (this) {
            if (stopped) {
                return;
            }
            var common = children.apply(config);
            var launch = common.launch(common.command().prepare(spec, JVM_FLAGS), ChildFds.reportOnly());
            var child = captures && config.output().captured()
                    ? result.listen(launch, config.output().format())
                    : spawner.spawn(launch);
            running = child;
            child.watch(line -> result.add(PrepareMessage.parse(line)), result::finish);
        }
    }

    /** Files that were valid at the start may have been changed since; one line, empty when there is nothing to say. */
    private static String problems(Config config) {
        var problems = usersProblems(config);
        if (!problems.isEmpty()) {
            return "reading the users: " + problems;
        }
        problems = tlsProblems(config);
        return problems.isEmpty() ? "" : "reading the files of TLS: " + problems;
    }

    private static String usersProblems(Config config) {
        return config.security().users().stream()
                .flatMap(users -> UsersCheck.problems(users, users.toString()).stream())
                .map(Problem::toString)
                .collect(Collectors.joining(" "));
    }

    /** Certificates are renewed while the server runs. */
    private static String tlsProblems(Config config) {
        return config.security().tls().stream()
                .flatMap(files -> TlsCheck.problems(files).stream())
                .map(Problem::toString)
                .collect(Collectors.joining(" "));
    }

    /** Ends a child that is still preparing; none is started any more. */
    synchronized void stop() {
        stopped = true;
        if (running != null) {
            running.signal(Signal.KILL);
        }
        releases.values().forEach(release -> release.resources().ifPresent(SharedMemory::close));
    }

    /** What one child has said so far. Only the child's watcher uses it. */
    private final class Result {

        private final int generation;
        private final Rereading.Reading reading;
        private final long start = System.nanoTime();
        private final List<PreparedWar> prepared = new ArrayList<>();
        private final Progress progress = new Progress();
        private PrepareMessage.@Nullable Failed failed;
        private Optional<WorkerOutput> output = Optional.empty();

        private Result(int generation, Rereading.Reading reading) {
            this.generation = generation;
            this.reading = reading;
        }

        /** Starts the child, whose lines come out like those of workers. */
        private Child listen(Launch launch, LogFormat format) throws IOException {
            var captured = WorkerOutput.open();
            try {
                var child = spawner.spawn(launch.with(captured.output(), captured.error()));
                captured.follow(format, Printer.preparation(child.pid().value()));
                output = Optional.of(captured);
                return child;
            } catch (IOException e) {
                captured.close();
                throw e;
            }
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
            output.ifPresent(captured -> captured.awaitEnd(LAST_LINES));
            progress.clear();
            if (failed != null) {
                events.add(new Event.PrepareFailed(generation, failed.code(), failed.reason(), failed.detail()));
            } else if (status instanceof ExitStatus.Exited(int code)
                    && code == 0
                    && prepared.size() == reading.config().wars().size()) {
                succeed();
            } else {
                events.add(new Event.PrepareFailed(
                        generation, ExitCode.BOOT, "preparing the applications: the child ended with " + status, ""));
            }
        }

        private void succeed() {
            var config = reading.config();
            try {
                var release = new Release(prepared, Plan.of(config, prepared, machine), reading, resources(config));
                releases.put(generation, release);
                newest = generation;
                var duration = Duration.ofNanos(System.nanoTime() - start);
                took.accept(duration);
                log.info("prepared {} in {} ms{}", release.names(), duration.toMillis(), release.circumstances());
                Notices.log(release, config);
                events.add(new Event.Prepared(
                        generation,
                        release.plan().workers(),
                        Optional.of(Supervision.settings(config, slots, release.plan(), machine))));
            } catch (IOException e) {
                events.add(new Event.PrepareFailed(generation, ExitCode.SYSTEM, String.valueOf(e.getMessage()), ""));
            }
        }
    }

    /** They have passwords: on a command line, in the environment or in a file others could see them. */
    private static Optional<SharedMemory> resources(Config config) throws IOException {
        if (config.resources().isEmpty()) {
            return Optional.empty();
        }
        var text = ResourceSpec.format(config.resources());
        return Optional.of(SharedMemory.holding("narwhal-resources", text.getBytes(StandardCharsets.UTF_8)));
    }
}
