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

    /** While workers boot or drain, systemd is asked this often not to lose patience for so long. */
    private static final Duration EXTEND_EVERY = Duration.ofSeconds(5);

    private static final Duration EXTENSION = EXTEND_EVERY.multipliedBy(REMINDERS);

    private final Optional<UnixDatagrams> socket;
    private final Optional<Duration> reminder;
    private @Nullable Notice told;
    private @Nullable Moment reminded;
    private @Nullable Moment extended;
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

    /** How often {@link #see} is to be called at least, if systemd listens. */
    public Optional<Duration> interval() {
        return socket.map(_ -> reminder.filter(interval -> interval.compareTo(EXTEND_EVERY) < 0)
                .orElse(EXTEND_EVERY));
    }

    /** Tells what has changed, and now and then that it was called at all and that what goes on has its limits. */
    public synchronized void see(Pool pool, Moment now) {
        if (socket.isEmpty() || silent) {
            return;
        }
        var notice = Notice.of(pool);
        var before = told == null ? Notice.NOTHING : told;
        told = notice;
        var lines = notice.since(before, now);
        if (!lines.isEmpty()) {
            send(lines);
        }
        if (notice.busy() && isDue(extended, EXTEND_EVERY, now)) {
            extended = now;
            send("EXTEND_TIMEOUT_USEC=" + TimeUnit.NANOSECONDS.toMicros(EXTENSION.toNanos()));
        }
        if (reminder.isPresent() && isDue(reminded, reminder.get(), now)) {
            reminded = now;
            send("WATCHDOG=1");
        }
    }

    private static boolean isDue(@Nullable Moment last, Duration every, Moment now) {
        return last == null || now.since(last).compareTo(every) >= 0;
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
