package dev.narwhal.master.systemd;

import dev.narwhal.master.arbiter.Moment;
import dev.narwhal.master.arbiter.Pool;
import dev.narwhal.master.posix.PosixException;
import dev.narwhal.master.posix.UnixDatagrams;
import java.io.Closeable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd what it has asked for in the environment: {@code NOTIFY_SOCKET}, {@code WATCHDOG_USEC}. Without them it does nothing.
 * While one master takes the place of another, another thread says which of them speaks.
 */
public final class Systemd implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(Systemd.class);

    private static final String SOCKET = "NOTIFY_SOCKET";
    private static final String WATCHDOG = "WATCHDOG_USEC";
    private static final String WATCHED = "WATCHDOG_PID";

    /** Of the time after which systemd would end the service: three reminders may be lost or late. */
    private static final int REMINDERS = 4;

    private final Optional<UnixDatagrams> socket;
    private final Optional<Duration> reminder;
    private @Nullable Notice told;
    private @Nullable Moment reminded;
    private boolean failed;
    private boolean silent;

    private Systemd(Optional<UnixDatagrams> socket, Optional<Duration> reminder) {
        this.socket = socket;
        this.reminder = reminder;
    }

    /** What the environment asks for. */
    public static Systemd of(Map<String, String> environment, long pid) {
        var address = environment.getOrDefault(SOCKET, "");
        if (address.isEmpty()) {
            return new Systemd(Optional.empty(), Optional.empty());
        }
        try {
            return new Systemd(Optional.of(UnixDatagrams.to(address)), reminder(environment, pid));
        } catch (PosixException | IllegalArgumentException e) {
            log.warn("opening {} to systemd: {}. It is told nothing", SOCKET, e.getMessage());
            return new Systemd(Optional.empty(), Optional.empty());
        }
    }

    private static Optional<Duration> reminder(Map<String, String> environment, long pid) {
        var micros = environment.getOrDefault(WATCHDOG, "");
        boolean ours = environment.getOrDefault(WATCHED, Long.toString(pid)).equals(Long.toString(pid));
        return ours && micros.matches("[1-9][0-9]{3,17}")
                ? Optional.of(Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(Long.parseLong(micros)) / REMINDERS))
                : Optional.empty();
    }

    /** The environment of children, which must not speak to systemd in the name of the master. */
    public static Map<String, String> hidden(Map<String, String> environment) {
        var rest = new HashMap<>(environment);
        rest.keySet().removeAll(Set.of(SOCKET, WATCHDOG, WATCHED));
        return rest;
    }

    /** How often {@link #see} is to be called at least, if systemd watches. */
    public Optional<Duration> reminder() {
        return reminder;
    }

    /** Tells what has changed, and now and then that it was called at all. */
    public synchronized void see(Pool pool, Moment now) {
        if (socket.isEmpty() || silent) {
            return;
        }
        var notice = Notice.of(pool);
        var before = told == null ? new Notice(Notice.Phase.STARTING, "") : told;
        told = notice;
        var lines = notice.since(before, now);
        if (!lines.isEmpty()) {
            send(lines);
        }
        if (reminder.isPresent() && (reminded == null || now.since(reminded).compareTo(reminder.get()) >= 0)) {
            reminded = now;
            send("WATCHDOG=1");
        }
    }

    /** Another process is the service from now on; this one says no more. */
    public synchronized void handOver(int pid) {
        if (socket.isPresent() && !silent) {
            send("MAINPID=" + pid);
        }
        silent = true;
    }

    /** For a master that is not the service yet. */
    public synchronized void silent(boolean nothingIsSaid) {
        silent = nothingIsSaid;
    }

    private void send(String lines) {
        try {
            socket.orElseThrow().send(lines);
            failed = false;
        } catch (PosixException e) {
            if (!failed) {
                log.warn("telling systemd '{}': {}", lines.lines().findFirst().orElse(""), e.getMessage());
            }
            failed = true;
        }
    }

    @Override
    public void close() {
        socket.ifPresent(UnixDatagrams::close);
    }
}
