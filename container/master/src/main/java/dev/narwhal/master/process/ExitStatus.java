package dev.narwhal.master.process;

import dev.narwhal.master.posix.Signal;
import dev.narwhal.master.posix.WaitStatus;

/** How a child ended. */
public sealed interface ExitStatus {

    /** It ended by itself, with that status, 0 to 255. */
    record Exited(int code) implements ExitStatus {
        @Override
        public String toString() {
            return "exit status " + code;
        }
    }

    /**
     * A signal ended it.
     *
     * @param name without {@code SIG}: {@code KILL}
     */
    record Signalled(int number, String name) implements ExitStatus {
        @Override
        public String toString() {
            return "signal " + number + " (SIG" + name + ")";
        }
    }

    static ExitStatus of(WaitStatus status) {
        return status.signalled()
                ? new Signalled(status.signal(), Signal.name(status.signal()))
                : new Exited(status.code());
    }
}
