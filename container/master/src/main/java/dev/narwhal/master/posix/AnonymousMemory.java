package dev.narwhal.master.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;

/** Files that live in memory only and disappear with the last process that has them open. */
public final class AnonymousMemory {

    private static final int MFD_CLOEXEC = 1;
    private static final MethodHandle MEMFD_CREATE = Libc.function("memfd_create", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle FTRUNCATE = Libc.function("ftruncate", JAVA_INT, JAVA_INT, JAVA_LONG);

    private AnonymousMemory() {}

    /**
     * Creates one, filled with zeros, which take memory only once they are written to.
     *
     * @param name shown in {@code /proc/PID/maps}
     */
    public static Fd create(String name, long bytes) throws PosixException {
        try (var arena = Arena.ofConfined()) {
            var text = Libc.string(arena, name);
            var fd = Fd.owning(
                    Libc.call("memfd_create", state -> (int) MEMFD_CREATE.invokeExact(state, text, MFD_CLOEXEC)));
            try {
                Libc.call("ftruncate", state -> (int) FTRUNCATE.invokeExact(state, fd.number(), bytes));
                return fd;
            } catch (PosixException e) {
                fd.close();
                throw e;
            }
        }
    }
}
