package dev.narwhal.master.serve;

import dev.narwhal.contract.Dispatch;
import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.Scoreboard;
import dev.narwhal.contract.Signals;
import dev.narwhal.master.arbiter.Event;
import dev.narwhal.master.arbiter.MasterSignal;
import dev.narwhal.master.arbiter.Pool;
import dev.narwhal.master.config.Config;
import dev.narwhal.master.config.DispatchChoice;
import dev.narwhal.master.config.Machine;
import dev.narwhal.master.listen.ListenException;
import dev.narwhal.master.listen.ListenerSet;
import dev.narwhal.master.observe.Observer;
import dev.narwhal.master.observe.Totals;
import dev.narwhal.master.process.ChildFds;
import dev.narwhal.master.process.Lifeline;
import dev.narwhal.master.process.Pid;
import dev.narwhal.master.process.PidFile;
import dev.narwhal.master.process.SharedMemory;
import dev.narwhal.master.systemd.Systemd;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
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

    public Master(Installation installation, Map<String, String> environment, Machine machine) {
        this.installation = installation;
        this.environment = environment;
        this.machine = machine;
    }

    @Override
    public ExitCode serve(Config config, Sources sources) {
        int pid = Math.toIntExact(ProcessHandle.current().pid());
        log.info("starting narwhal master pid={} java={}", pid, Runtime.version());
        try (var _ = pidFile(config, new Pid(pid));
                var listeners = ListenerSet.bind(config.binds(), config.backlog(), onlyWithRequest(config))) {
            listeners
                    .listeners()
                    .forEach(listener -> log.info("listening on {} (backlog {})", listener, config.backlog()));
            return supervise(config, sources, listeners);
        } catch (ListenException e) {
            log.error("{}", e.getMessage());
            return ExitCode.SYSTEM;
        } catch (IOException e) {
            log.error("starting the master: {}", e.getMessage());
            return ExitCode.SYSTEM;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.BUG;
        }
    }

    /** A {@code sync} worker takes one request at a time, so what it accepts should be one. */
    private static boolean onlyWithRequest(Config config) {
        return config.dispatch() instanceof DispatchChoice.Fixed(Dispatch dispatch) && dispatch == Dispatch.SYNC;
    }

    private static Closeable pidFile(Config config, Pid pid) throws IOException {
        return config.pidFile().isPresent() ? PidFile.create(config.pidFile().get(), pid) : () -> {};
    }

    private ExitCode supervise(Config config, Sources sources, ListenerSet listeners)
            throws IOException, InterruptedException {
        int slots = Supervision.slots(config);
        try (var sessions = SessionFiles.open(config, machine);
                var lifeline = Lifeline.open();
                var memory = SharedMemory.create("narwhal-scoreboard", Scoreboard.bytes(slots));
                var scoreboard = Scoreboard.map(memory.procPath(), slots)) {
            scoreboard.drawSecret(new SecureRandom());
            var events = new LinkedBlockingQueue<Event>();
            var totals = new Totals(scoreboard);
            var children = children(lifeline);
            var rereading = new Rereading(config, sources);
            var preparation = new Preparation(rereading, machine, installation.cache(), children, events, slots);
            var fds = new ChildFds(listeners.fds(), Optional.of(memory.fd()), Optional.empty(), sessions.password());
            var rehearsal = new Rehearsal(installation, children.apply(config));
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
                    events);
            try (rehearsal;
                    var systemd =
                            Systemd.of(environment, ProcessHandle.current().pid());
                    var _ = Signals.install(signals(events))) {
                var arbiter =
                        Arbiter.begin(events, hands, systemd::see, Pool.start(Supervision.settings(config, slots)));
                var observer =
                        new Observer(arbiter::latest, scoreboard, totals, Installation.version(), addresses(listeners));
                systemd.reminder().ifPresent(interval -> wake(events, interval));
                if (config.releases().watch().on()) {
                    var here = Path.of("").toAbsolutePath();
                    SourceWatch.start(rereading::watched, here, file -> {
                        log.info("reloading: {} has changed", file);
                        events.add(new Event.Signalled(MasterSignal.HUP));
                    });
                }
                // The first release is being prepared meanwhile.
                try (var _ = Doors.open(config, environment, observer, new EventOrders(events, rereading))) {
                    return arbiter.run();
                }
            } finally {
                preparation.stop();
            }
        }
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
        var visible = Systemd.hidden(environment);
        return config -> new Children(installation.command(config.javaOpts()), visible, config.env(), lifeline);
    }

    private static List<String> addresses(ListenerSet listeners) {
        return listeners.listeners().stream()
                .map(listener -> listener.url().toString())
                .toList();
    }

    private static Map<String, Runnable> signals(LinkedBlockingQueue<Event> events) {
        return EnumSet.allOf(MasterSignal.class).stream().collect(Collectors.toMap(MasterSignal::name, (Function<
                        MasterSignal, Runnable>)
                signal -> () -> events.add(new Event.Signalled(signal))));
    }
}
