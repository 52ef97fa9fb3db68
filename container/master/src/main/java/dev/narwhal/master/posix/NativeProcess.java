package dev.narwhal.master.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.util.Optional;

/**
 * A child process of this one, from {@link #spawn} until {@link #reap}. In between its pid can belong to nobody else, dead or alive,
 * so a signal cannot hit a stranger.
 */
public final class NativeProcess {

    private static final int P_PID = 1;
    private static final int WNOHANG = 1;
    private static final int WEXITED = 4;
    private static final int WNOWAIT = 0x1000000;
    private static final int SIGINFO_BYTES = 128;
    private static final int SIGCHLD = 17;
    private static final long SIG_DFL = 0;

    private static final Libc.Function SIGNAL = Libc.function("signal");
    private static final Libc.Function WAITID = Libc.function("waitid");
    private static final Libc.Function WAITPID = Libc.function("waitpid");
    private static final Libc.Function KILL = Libc.function("kill");

    static {
        // A parent that ignores SIGCHLD bequeaths that, and then the kernel throws away every exit status (signal(7)).
        Libc.callUnchecked(SIGNAL, SIGCHLD, SIG_DFL);
    }

    private final int pid;
    private boolean reaped;

    private NativeProcess(int pid) {
        this.pid = pid;
    }

    /**
     * Starts a child in a process group of its own, so that Ctrl-C in a terminal reaches this process only, with no signal blocked
     * or ignored.
     *
     * @throws PosixException when it cannot be started, also when the executable is missing; then there is no child
     */
    public static NativeProcess spawn(SpawnRequest request) throws PosixException {
        return new NativeProcess(PosixSpawn.start(request));
    }

    public int pid() {
        return pid;
    }

    /** Returns when the process is dead. It stays a zombie until {@link #reap}. */
    public void awaitDeath() throws PosixException {
        try (var arena = Arena.ofConfined()) {
            var information = arena.allocate(SIGINFO_BYTES, JAVA_LONG.byteAlignment());
            Libc.call(WAITID, P_PID, pid, information.address(), WEXITED | WNOWAIT);
        }
    }

    /** Takes the status of the process if it is dead and was not reaped before, after which its pid may be used again. */
    public synchronized Optional<WaitStatus> reap() throws PosixException {
        if (reaped) {
            return Optional.empty();
        }
        try (var arena = Arena.ofConfined()) {
            var status = arena.allocate(JAVA_INT);
            reaped = Libc.call(WAITPID, pid, status.address(), WNOHANG) == pid;
            return reaped ? Optional.of(new WaitStatus(status.get(JAVA_INT, 0))) : Optional.empty();
        }
    }

    /** Sends a signal; false when the process was reaped already. */
    public synchronized boolean signal(Signal signal) throws PosixException {
        if (reaped) {
            return false;
        }
        Libc.call(KILL, pid, signal.number());
        return true;
    }
}
