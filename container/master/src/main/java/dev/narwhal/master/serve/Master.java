package dev.narwhal.master.serve;

import dev.narwhal.contract.Dispatch;
import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.Scoreboard;
import dev.narwhal.contract.Signals;
import dev.narwhal.master.arbiter.Event;
import dev.narwhal.master.arbiter.MasterSignal;
import dev.narwhal.master.arbiter.Moment;
import dev.narwhal.master.arbiter.Pool;
import dev.narwhal.master.config.Config;
import dev.narwhal.master.config.DispatchChoice;
import dev.narwhal.master.config.Effective;
import dev.narwhal.master.config.Machine;
import dev.narwhal.master.config.SocketActivation;
import dev.narwhal.master.listen.ListenException;
import dev.narwhal.master.listen.Listener;
import dev.narwhal.master.listen.ListenerSet;
import dev.narwhal.master.listen.OpenSocket;
import dev.narwhal.master.observe.Observer;
import dev.narwhal.master.observe.ServerStatus;
import dev.narwhal.master.observe.Totals;
import dev.narwhal.master.posix.Fd;
import dev.narwhal.master.process.ChildFds;
import dev.narwhal.master.process.Lifeline;
import dev.narwhal.master.process.Pid;
import dev.narwhal.master.process.SharedMemory;
import dev.narwhal.master.systemd.Systemd;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The master of a server: opens everything or nothing, then supervises until the end. */
public final class Master implements Server {

    private static final Logger log = LoggerFactory.getLogger(Master.class);

    private final Installation installation;
    private final Map<String, String> environment;
    private final Machine machine;
    private final Invocation invocation;

    public Master(Installation installation, Map<String, String> environment, Machine machine, Invocation invocation) {
        this.installation = installation;
        this.invocation = invocation;
        this.environment = environment;
        this.machine = machine;
    }

    @Override
    public ExitCode serve(Config config, Effective effective, Sources sources) {
        int pid = Math.toIntExact(ProcessHandle.current().pid());
        log.info("starting narwhal master pid={} java={}", pid, Runtime.version());
        try {
            var inheritance = Inheritance.in(environment);
            return serve(config, effective, sources, new Pid(pid), inheritance, heir(config, inheritance));
        } catch (IOException e) {
            log.error("{}", e.getMessage());
            return ExitCode.USAGE;
        }
    }

    private ExitCode serve(
            Config config,
            Effective effective,
            Sources sources,
            Pid pid,
            Optional<Inheritance> inheritance,
            Optional<Heir> heir) {
        try (var insignia = new Insignia(config, environment, pid)) {
            installation.requireCache();
            if (heir.isEmpty()) {
                insignia.claimPidFile();
            }
            try (var listeners = listeners(config, inheritance)) {
                listeners
                        .listeners()
                        .forEach(listener -> log.info("listening on {} ({})", listener, origin(config, listener)));
                SocketActivation.unserved(environment, config.binds())
                        .forEach(passed -> log.warn(
                                "systemd has passed {}, but no --bind names it: connections to it wait for nobody",
                                passed));
                return supervise(config, effective, sources, listeners, insignia, inheritance, heir);
            }
        } catch (ListenException e) {
            return refused(heir, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return refused(heir, "starting the master: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.BUG;
        }
    }

    private static String origin(Config config, Listener listener) {
        return listener.wanted().descriptor().isPresent()
                ? "passed as " + listener.wanted()
                : "backlog " + config.backlog();
    }

    private static ExitCode refused(Optional<Heir> heir, String reason) {
        log.error("{}", reason);
        heir.ifPresent(waiting -> waiting.giveUp(ExitCode.SYSTEM, reason));
        return ExitCode.SYSTEM;
    }

    private static Optional<Heir> heir(Config config, Optional<Inheritance> inheritance) throws IOException {
        if (inheritance.isEmpty()) {
            return Optional.empty();
        }
        var report = Fd.inherited(inheritance.get().report());
        return Optional.of(
                new Heir(inheritance.get().pid(), report, config.bootTimeout().multipliedBy(2)));
    }

    private static ListenerSet listeners(Config config, Optional<Inheritance> inheritance) throws IOException {
        var open = inheritance.isEmpty()
                ? List.<OpenSocket>of()
                : inheritance.get().openSockets();
        return ListenerSet.bind(config.binds(), config.backlog(), onlyWithRequest(config), open);
    }

    /** A {@code sync} worker takes one request at a time, so what it accepts should be one. */
    private static boolean onlyWithRequest(Config config) {
        return config.dispatch() instanceof DispatchChoice.Fixed(Dispatch dispatch) && dispatch == Dispatch.SYNC;
    }

    private ExitCode supervise(
            Config config,
            Effective effective,
            Sources sources,
            ListenerSet listeners,
            Insignia insignia,
            Optional<Inheritance> inheritance,
            Optional<Heir> heir)
            throws IOException, InterruptedException {
        int slots = Supervision.slots(config);
        var used = inheritance.map(Inheritance::sessions);
        var asked = inheritance.map(Inheritance::asked).orElse(OptionalInt.empty());
        int generations = inheritance.map(Inheritance::generations).orElse(0);
        try (var sessions = SessionFiles.open(config, machine, used);
                var lifeline = Lifeline.open();
                var memory = SharedMemory.create("narwhal-scoreboard", Scoreboard.bytes(slots));
                var scoreboard = Scoreboard.map(memory.procPath(), slots)) {
            scoreboard.drawSecret(new SecureRandom());
            var events = new LinkedBlockingQueue<Event>();
            var totals = new Totals(scoreboard);
            if (heir.isEmpty()) {
                totals.chronicle().started(generations + 1, Instant.now());
            }
            var children = children(lifeline);
            var rereading = new Rereading(config, effective, sources, generations + 1);
            var preparation = new Preparation(
                    rereading, machine, installation.cache(), children, events, slots, true, totals::prepared);
            var fds = new ChildFds(
                    listeners.fds(), Optional.of(memory.fd()), Optional.empty(), sessions.password(), Optional.empty());
            var rehearsal = new Rehearsal(installation, children.apply(config));
            var succession = new Succession(invocation, environment, listeners, sessions.bequest(), insignia, events);
            var lameDuck = new LameDuck(config.lameDuck(), events);
            var hooks = new Hooks(config.hooks(), children.apply(config).environment());
            hooks.started();
            var board =
                    config.releases().watch().on() ? Optional.of(NoticeBoard.open()) : Optional.<NoticeBoard>empty();
            var hands = new Hands(
                    config,
                    listeners,
                    sessions,
                    scoreboard,
                    totals,
                    fds,
                    children,
                    rereading,
                    preparation,
                    rehearsal,
                    succession,
                    events,
                    hooks,
                    installation.crashes(),
                    board);
            var systemd = insignia.systemd();
            systemd.silent(heir.isPresent());
            Closeable doors = insignia::closeDoors;
            try (doors;
                    hooks;
                    var _ = board.orElse(null);
                    rehearsal;
                    succession;
                    var _ = Signals.install(signals(events, lameDuck))) {
                BiConsumer<Pool, Moment> seen = (pool, now) -> {
                    systemd.see(pool, now);
                    heir.ifPresent(waiting -> waiting.see(pool));
                };
                var arbiter = Arbiter.begin(
                        events, hands, seen, Pool.start(Supervision.settings(config, slots), asked, generations));
                var observer = new Observer(
                        arbiter::latest,
                        scoreboard,
                        totals,
                        Installation.version(),
                        addresses(listeners),
                        () -> queues(config, listeners),
                        lameDuck::isLeaving);
                var orders = new EventOrders(events, lameDuck, scoreboard, rereading);
                systemd.interval().ifPresent(interval -> wake(events, interval));
                if (config.releases().watch().on()) {
                    var here = Path.of("").toAbsolutePath();
                    SourceWatch.start(rereading::watched, here, file -> {
                        log.info("reloading: {} has changed", file);
                        events.add(new Event.Signalled(MasterSignal.HUP));
                    });
                }
                // The first release is being prepared meanwhile.
                if (heir.isPresent()) {
                    heir.get().await(bequest -> {
                        bequest.flatMap(Bequest::counted).ifPresent(totals::inherit);
                        bequest.map(Bequest::asked)
                                .filter(latest -> !latest.equals(asked))
                                .ifPresent(latest -> events.add(new Event.Bequeathed(latest)));
                        take(insignia, observer, orders, events);
                    });
                } else {
                    insignia.openDoors(observer, orders, rereading::inForce);
                }
                return arbiter.run();
            } finally {
                preparation.stop();
            }
        }
    }

    /** What cannot be had is not worth the service that goes on. */
    private static void take(Insignia insignia, Observer observer, EventOrders orders, Queue<Event> events) {
        try {
            insignia.claimPidFile();
        } catch (IOException e) {
            log.error("{} There is no pid file", e.getMessage());
        }
        try {
            insignia.openDoors(observer, orders, orders.rereading()::inForce);
        } catch (IOException e) {
            log.error("{} 'narwhal ctl' and --ops do not reach this server", e.getMessage());
        }
        insignia.systemd().silent(false);
        events.add(new Event.Tick()); // so that systemd hears of it at once
    }

    /** Ticks without a deadline change nothing, but show that the arbiter takes its events. */
    private static void wake(Queue<Event> events, Duration interval) {
        Thread.ofPlatform().daemon(true).name("watchdog").start(() -> {
            try {
                while (true) {
                    Thread.sleep(interval);
                    events.add(new Event.Tick());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Function<Config, Children> children(Lifeline lifeline) {
        var visible = Inheritance.hidden(Systemd.hidden(environment));
        return config -> new Children(installation.command(config.javaOpts()), visible, config.env(), lifeline);
    }

    private static List<String> addresses(ListenerSet listeners) {
        return listeners.listeners().stream()
                .map(listener -> listener.url().toString())
                .toList();
    }

    private static List<ServerStatus.Listening> queues(Config config, ListenerSet listeners) {
        return listeners.listeners().stream()
                .map(listener ->
                        new ServerStatus.Listening(listener.url().toString(), listener.queued(), config.backlog()))
                .toList();
    }

    private static Map<String, Runnable> signals(LinkedBlockingQueue<Event> events, LameDuck lameDuck) {
        return EnumSet.allOf(MasterSignal.class).stream().collect(Collectors.toMap(MasterSignal::name, (Function<
                        MasterSignal, Runnable>)
                signal ->
                        signal == MasterSignal.TERM ? lameDuck::leave : () -> events.add(new Event.Signalled(signal))));
    }
}
