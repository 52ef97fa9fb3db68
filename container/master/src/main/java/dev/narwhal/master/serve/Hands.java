package dev.narwhal.master.serve;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.FileError;
import dev.narwhal.contract.ProcStatus;
import dev.narwhal.contract.Scoreboard;
import dev.narwhal.contract.ScoreboardAnswers;
import dev.narwhal.contract.ScoreboardSlot;
import dev.narwhal.contract.WorkerMessage;
import dev.narwhal.contract.WorkerSpec;
import dev.narwhal.contract.WorkerSpec.AccessLog;
import dev.narwhal.master.arbiter.Canary;
import dev.narwhal.master.arbiter.Effect;
import dev.narwhal.master.arbiter.Event;
import dev.narwhal.master.arbiter.Exit;
import dev.narwhal.master.arbiter.Happening;
import dev.narwhal.master.arbiter.Load;
import dev.narwhal.master.arbiter.Moment;
import dev.narwhal.master.arbiter.Pool;
import dev.narwhal.master.arbiter.Slot;
import dev.narwhal.master.arbiter.Worker;
import dev.narwhal.master.arbiter.WorkerSignal;
import dev.narwhal.master.config.Config;
import dev.narwhal.master.config.MachineLimits;
import dev.narwhal.master.config.SessionStorage;
import dev.narwhal.master.listen.Listener;
import dev.narwhal.master.listen.ListenerSet;
import dev.narwhal.master.observe.Totals;
import dev.narwhal.master.output.Crashes;
import dev.narwhal.master.posix.Fd;
import dev.narwhal.master.posix.Signal;
import dev.narwhal.master.process.Child;
import dev.narwhal.master.process.ChildFds;
import dev.narwhal.master.process.ExitStatus;
import dev.narwhal.master.process.HeapDumps;
import dev.narwhal.master.process.Launch;
import dev.narwhal.master.process.SharedMemory;
import dev.narwhal.master.process.Spawner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the arbiter decides: spawns, signals, logs. Called on the arbiter's thread only. */
final class Hands {

    /** Tells an application the number of its worker, from 0. */
    private static final String INDEX = "NARWHAL_WORKER_INDEX";

    private static final Logger log = LoggerFactory.getLogger(Hands.class);

    private final Config config;
    private final ListenerSet listeners;
    private final SessionFiles sessions;
    private final Scoreboard scoreboard;
    private final Totals totals;
    private final ChildFds fds;
    private final Function<Config, Children> children;
    private final Rereading rereading;
    private final Preparation preparation;
    private final Rehearsal rehearsal;
    private final Succession succession;
    private final Queue<Event> events;
    private final Hooks hooks;
    private final Path crashes;
    private final Optional<NoticeBoard> board;
    private final OomKills oomKills = new OomKills();
    private final Spawner spawner = new Spawner();

    private final Map<Integer, Child> workers = new HashMap<>();
    private ExitCode exitCode = ExitCode.OK;
    private @Nullable Pool latest;

    Hands(
            Config config,
            ListenerSet listeners,
            SessionFiles sessions,
            Scoreboard scoreboard,
            Totals totals,
            ChildFds fds,
            Function<Config, Children> children,
            Rereading rereading,
            Preparation preparation,
            Rehearsal rehearsal,
            Succession succession,
            Queue<Event> events,
            Hooks hooks,
            Path crashes,
            Optional<NoticeBoard> board) {
        this.config = config;
        this.listeners = listeners;
        this.sessions = sessions;
        this.scoreboard = scoreboard;
        this.totals = totals;
        this.fds = fds;
        this.children = children;
        this.rereading = rereading;
        this.preparation = preparation;
        this.rehearsal = rehearsal;
        this.succession = succession;
        this.events = events;
        this.hooks = hooks;
        this.crashes = crashes;
        this.board = board;
    }

    ExitCode exitCode() {
        return exitCode;
    }

    /** What was decided is about to be performed. A lead that moves does so first: who loses it must not outlive it. */
    void decided(Pool before, Pool pool) {
        latest = pool;
        totals.chronicle().see(before, pool, Instant.now());
        int leader = pool.leader().map(Worker::pid).orElse(0);
        if (scoreboard.leader() != leader) {
            scoreboard.leader(leader);
        }
    }

    private Pool latest() {
        return Objects.requireNonNull(latest, "an effect without a decision");
    }

    /** Counts it, and tells those who want to know. */
    void tell(Happening happening) {
        switch (happening) {
            case Happening.WorkerReady ready -> totals.booted(ready.boot());
            case Happening.WorkerLost lost -> totals.lost(lost.cause());
            case Happening.Adapted adapted -> totals.adapted(adapted);
            case Happening.Held held -> totals.held(held.by());
            case Happening.Refused _ ->
                board.ifPresent(page -> latest().refusal()
                        .ifPresent(
                                refusal -> page.show(refusal, latest().rollout().current())));
            case Happening.Ready _, Happening.WorkerExited _, Happening.Reloaded _, Happening.Stopping _ -> {}
        }
        hooks.tell(happening);
    }

    void perform(Effect effect) {
        switch (effect) {
            case Effect.Prepare(int generation) -> preparation.start(generation);
            case Effect.Spawn spawn -> throw new IllegalArgumentException("a spawn has an answer: " + spawn);
            case Effect.Signal(int pid, WorkerSignal signal) -> signal(pid, signal);
            case Effect.Vacate(int slot) -> vacate(slot);
            case Effect.Log(var level, String text) -> log.atLevel(level).log(text);
            case Effect.LogInFlight(var level, int slot, String text) ->
                log.atLevel(level).log(text + InFlight.describe(scoreboard.slot(slot), System.nanoTime()));
            case Effect.Adopt(int generation) -> {
                rereading.adopted(preparation.release(generation).reading());
                board.ifPresent(NoticeBoard::clear);
            }
            case Effect.AllReady _ -> preparation.latest().ifPresent(this::served);
            case Effect.StartSuccessor() -> succession.start(latest().asked(), latest().generations());
            case Effect.SignalSuccessor(WorkerSignal signal) -> succession.signal(signal);
            case Effect.HandOver(int pid) -> {
                var pool = latest();
                succession.handOver(pid, () -> new Bequest(pool.asked(), Optional.of(totals.bequest(pool.ledger()))));
            }
            case Effect.Stop(ExitCode code) -> exitCode = code;
        }
    }

    private void vacate(int slot) {
        long sessions = scoreboard.slot(slot).sessions().snapshot().live();
        if (config.sessions() == SessionStorage.Local.MEMORY && sessions > 0) {
            log.warn("sessions that worker {} had in its memory are gone with it sessions={}", slot, sessions);
        }
        scoreboard.slot(slot).vacate();
    }

    private void served(Release release) {
        announce(release);
        rehearsal.start(release.plan());
    }

    private void announce(Release release) {
        var url = listeners.listeners().getFirst().url();
        release.wars()
                .forEach(war -> log.info(
                        "serving {} at {}",
                        war.name(),
                        url.resolve(war.contextPath().isEmpty() ? "/" : war.contextPath() + "/")));
    }

    private void signal(int pid, WorkerSignal signal) {
        var worker = workers.get(pid);
        if (worker != null) {
            worker.signal(number(signal));
        }
    }

    static Signal number(WorkerSignal signal) {
        return switch (signal) {
            case TERM -> Signal.TERM;
            case USR1 -> Signal.USR1;
            case WINCH -> Signal.WINCH;
            case TTIN -> Signal.TTIN;
            case QUIT -> Signal.QUIT;
            case KILL -> Signal.KILL;
        };
    }

    /** Starts a worker; what it reports, and its end, come as later events. */
    Event spawn(Effect.Spawn spawn) {
        try {
            totals.succeed(spawn.slot(), spawn.generation());
            var config = preparation.release(spawn.generation()).config();
            var output = new ChildOutput(config.output(), crashes(spawn), spawn.slot());
            var heaps = LastHeaps.of(config.heapDumps());
            var child = output.spawn(spawner, launch(spawn));
            int pid = child.pid().value();
            workers.put(pid, child);
            child.watch(
                    line -> events.add(new Event.Reported(pid, output.heard(WorkerMessage.parse(line)))), status -> {
                        output.ended(pid, status);
                        exited(pid, status, heaps);
                    });
            return new Event.Spawned(spawn.slot(), pid);
        } catch (IOException e) {
            return new Event.SpawnFailed(spawn.slot(), String.valueOf(e.getMessage()));
        }
    }

    private Launch launch(Effect.Spawn spawn) {
        var release = preparation.release(spawn.generation());
        var plan = release.plan();
        var config = release.config();
        var inherited = fds.with(release.resources().map(SharedMemory::fd));
        var accessLog = config.accessLog();
        if (config.output().captured()
                && accessLog.filter(AccessLog::toStandardOutput).isPresent()) {
            inherited = inherited.withOutput(
                    Fd.STANDARD_OUTPUT); // it has a form of its own, and as many lines as there are requests
            accessLog = Optional.of(
                    accessLog.get().inherited(inherited.outputNumber().orElseThrow()));
        }
        var spec = new WorkerSpec(
                spawn.slot(),
                scoreboard.size(),
                spawn.generation(),
                inherited(),
                fds.report(),
                fds.scoreboardNumber(),
                plan.dispatch(),
                plan.threads(),
                plan.maxInflight(),
                config.bootTimeout(),
                config.keepAlive(),
                config.gracefulTimeout(),
                config.wear(),
                config.limits(),
                accessLog,
                config.security().orRedirectTo(listeners.tlsPort()),
                config.logLevel().label(),
                sessions.spec(plan.most() == 1, inherited.passwordNumber()),
                config.sessionRules(),
                release.wars().stream()
                        .map(war -> new WorkerSpec.App(war.contextPath(), war.directory()))
                        .toList(),
                config.libraries(),
                inherited.resourcesNumber(),
                config.releases().warmup(),
                board.map(NoticeBoard::path));
        var common = children.apply(config);
        return common.launch(
                common.command().worker(spec, plan.jvmShareFlags(), reports(spawn, config)),
                Map.of(INDEX, Integer.toString(spawn.slot())),
                inherited);
    }

    /** Where the JVM of a worker tells of its end. */
    private List<String> reports(Effect.Spawn spawn, Config config) {
        var flags = new ArrayList<String>();
        flags.add(crashes(spawn).option());
        config.heapDumps().directory().map(Hands::dumping).ifPresent(flags::addAll);
        return flags;
    }

    private Crashes crashes(Effect.Spawn spawn) {
        var rules = preparation.release(spawn.generation()).config().output();
        return new Crashes(rules.crashes().orElse(crashes));
    }

    /** A worker without a dump is better than none. */
    private static List<String> dumping(Path directory) {
        var dumps = new HeapDumps(directory);
        try {
            dumps.open();
        } catch (IOException e) {
            log.warn(
                    "creating {} for heap dumps: {}. A worker that runs out of heap leaves none",
                    directory,
                    FileError.words(e));
        }
        return dumps.flags();
    }

    private List<WorkerSpec.Listener> inherited() {
        var inherited = new ArrayList<WorkerSpec.Listener>();
        for (int i = 0; i < listeners.listeners().size(); i++) {
            var listener = listeners.listeners().get(i);
            inherited.add(new WorkerSpec.Listener(fds.listener(i), listener.bind(), listener.tls()));
        }
        return inherited;
    }

    /** On the watcher's thread. */
    private void exited(int pid, ExitStatus status, Optional<LastHeaps> heaps) {
        heaps.ifPresent(each -> each.ended(pid));
        var exit = switch (status) {
            case ExitStatus.Exited(int code) -> new Exit.Code(code);
            case ExitStatus.Signalled(int number, var _) -> new Exit.Signal(number, oomKills.anyNew());
        };
        totals.ended(cause(exit));
        events.add(new Event.Exited(pid, exit));
    }

    /** {@code exit-0}, {@code signal-9}, {@code out-of-memory}. */
    static String cause(Exit exit) {
        return switch (exit) {
            case Exit.Code(int code) -> "exit-" + code;
            case Exit.Signal(int number, boolean outOfMemory) -> outOfMemory ? "out-of-memory" : "signal-" + number;
        };
    }

    /** What the workers have answered, for a release that is watched. */
    Event.Counted counts() {
        return new Event.Counted(IntStream.range(0, scoreboard.size())
                .mapToObj(index -> tally(scoreboard.slot(index).answers().snapshot()))
                .toList());
    }

    private static Canary.Tally tally(ScoreboardAnswers.Snapshot answers) {
        long answered = answers.statuses().stream().mapToLong(Long::longValue).sum();
        return new Canary.Tally(
                answered + answers.unanswered(),
                answers.statuses().getLast() + answers.unanswered(),
                answers.durations());
    }

    /** What the workers are at, where their number follows it. */
    Event.Measured load(Pool pool) {
        var toil = new HashMap<Integer, Load.Toil>();
        for (int i = 0; i < pool.slots().size(); i++) {
            if (pool.slots().get(i) instanceof Slot.Ready ready) {
                int pid = ready.worker().pid();
                var process = Integer.toString(pid);
                toil.put(
                        pid,
                        new Load.Toil(
                                scoreboard.slot(i).inFlight(),
                                ProcStatus.cpu(process),
                                ProcStatus.bytes(process, "VmRSS")));
            }
        }
        var answers = scoreboard.answers();
        return new Event.Measured(new Load(
                listeners.listeners().stream().mapToInt(Listener::queued).sum(),
                answers.durations().stream().mapToLong(Long::longValue).sum(),
                Duration.ofNanos(answers.waitNanos()),
                toil,
                MachineLimits.freeBytes(),
                scoreboard.paused()));
    }

    /** The heartbeats since the last look, of workers that are to be killed for the lack of one. */
    List<Event> beats(Pool pool) {
        var beats = new ArrayList<Event>();
        for (int i = 0; i < pool.slots().size(); i++) {
            switch (pool.slots().get(i)) {
                case Slot.Ready(var worker, var _, var _, var _) ->
                    beat(scoreboard.slot(i), worker.pid()).ifPresent(beats::add);
                case Slot.Paused(var worker, var _, var _) ->
                    beat(scoreboard.slot(i), worker.pid()).ifPresent(beats::add);
                case Slot.Empty _,
                        Slot.Backoff _,
                        Slot.Spawning _,
                        Slot.Booting _,
                        Slot.Dumping _,
                        Slot.Draining _,
                        Slot.Killed _ -> {}
            }
        }
        return beats;
    }

    private static Optional<Event> beat(ScoreboardSlot slot, int pid) {
        long heartbeat = slot.heartbeat();
        return heartbeat == 0 ? Optional.empty() : Optional.of(new Event.Beat(pid, new Moment(heartbeat)));
    }
}
