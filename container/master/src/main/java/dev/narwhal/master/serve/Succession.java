package dev.narwhal.master.serve;

import dev.narwhal.master.arbiter.Event;
import dev.narwhal.master.arbiter.Exit;
import dev.narwhal.master.arbiter.Successor;
import dev.narwhal.master.arbiter.WorkerSignal;
import dev.narwhal.master.listen.Listener;
import dev.narwhal.master.listen.ListenerSet;
import dev.narwhal.master.posix.Fd;
import dev.narwhal.master.posix.Pipe;
import dev.narwhal.master.process.Child;
import dev.narwhal.master.process.ChildFds;
import dev.narwhal.master.process.ExitStatus;
import dev.narwhal.master.process.Launch;
import dev.narwhal.master.process.Spawner;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the master that is to take this one's place, and gives it what this one has: the listening sockets at once, as open files, the rest when it
 * serves. Called on the arbiter's thread.
 */
final class Succession implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(Succession.class);

    /** They say of a process what is true of this one only. */
    private static final List<String> PERSONAL = List.of("WATCHDOG_PID");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Invocation invocation;
    private final Map<String, String> environment;
    private final ListenerSet listeners;
    private final Optional<Inheritance.Sessions> sessions;
    private final Insignia insignia;
    private final Queue<Event> events;
    private final Spawner spawner = new Spawner();
    private @Nullable Child successor;
    private @Nullable Pipe word;
    private @Nullable Thread handing;

    Succession(
            Invocation invocation,
            Map<String, String> environment,
            ListenerSet listeners,
            Optional<Inheritance.Sessions> sessions,
            Insignia insignia,
            Queue<Event> events) {
        this.invocation = invocation;
        this.environment = environment;
        this.listeners = listeners;
        this.sessions = sessions;
        this.insignia = insignia;
        this.events = events;
    }

    /** What becomes of it comes as events. */
    void start(OptionalInt asked, int generations) {
        close();
        try {
            var pipe = Pipe.open();
            word = pipe;
            var child = spawner.spawn(launch(pipe.readEnd(), asked, generations));
            pipe.readEnd().close();
            successor = child;
            learn(new Successor.Started(child.pid().value()));
            child.watch(
                    line -> SuccessorLine.parse(line).ifPresent(this::learn),
                    status -> learn(new Successor.Ended(exit(status))));
        } catch (IOException e) {
            close();
            learn(new Successor.NotStarted(String.valueOf(e.getMessage())));
        }
    }

    private static Exit exit(ExitStatus status) {
        return switch (status) {
            case ExitStatus.Exited(int code) -> new Exit.Code(code);
            case ExitStatus.Signalled(int number, var _) -> new Exit.Signal(number, false);
        };
    }

    private void learn(Successor fact) {
        events.add(new Event.Succession(fact));
    }

    private Launch launch(Fd input, OptionalInt asked, int generations) {
        var fds = new ChildFds(listeners.fds(), Optional.empty(), Optional.empty());
        var sockets = new ArrayList<Inheritance.Socket>();
        for (int i = 0; i < listeners.listeners().size(); i++) {
            Listener listener = listeners.listeners().get(i);
            sockets.add(
                    new Inheritance.Socket(fds.listener(i), listener.wanted().toString()));
        }
        var inheritance = new Inheritance(
                Math.toIntExact(ProcessHandle.current().pid()),
                fds.report(),
                sockets,
                sessions.orElse(null),
                asked.orElse(0),
                generations);
        var variables = new HashMap<>(environment);
        variables.keySet().removeAll(PERSONAL);
        variables.put(Inheritance.VARIABLE, inheritance.text());
        var command = new ArrayList<String>();
        command.add(invocation.launcher().toString());
        command.addAll(invocation.words());
        return new Launch(command, variables, input, fds);
    }

    void signal(WorkerSignal signal) {
        if (successor != null) {
            successor.signal(Hands.number(signal));
        }
    }

    /**
     * Lets go of what only one master can have, and says so; on a thread of its own, since servers have to be ended for it.
     *
     * @param bequest asked when nobody can see this master's counters any more
     */
    void handOver(int pid, Supplier<Bequest> bequest) {
        var pipe = word;
        // At once: that this one stops must not be taken for the end of the service.
        insignia.systemd().handOver(pid);
        handing = Thread.ofPlatform().name("succession").start(() -> {
            try {
                insignia.handOver();
                if (pipe != null) {
                    pipe.writeEnd().write((bequest.get().line() + "\n").getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                log.warn("handing over to the new master (pid {}): {}", pid, e.getMessage());
            }
        });
    }

    /** After a hand-over that goes on. */
    @Override
    public void close() {
        try {
            if (handing != null) {
                handing.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (word != null) {
            word.close();
        }
    }
}
