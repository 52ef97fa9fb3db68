package dev.narwhal.master.posix;

import java.lang.foreign.Arena;

/** Files that live in memory only and disappear with the last process that has them open. */
public final class AnonymousMemory {

    private static final int MFD_CLOEXEC = 1;
    private static final Libc.Function MEMFD_CREATE = Libc.function("memfd_create");
    private static final Libc.Function FTRUNCATE = Libc.function("ftruncate");

    private AnonymousMemory() {}

    /**
     * Creates one, filled with zeros, which take memory only once they are written to.
     *
     * @param name shown in {@code /proc/PID/maps}
     */
    public static Fd create(String name, long bytes) throws PosixException {
        try (var arena = Arena.ofConfined()) {
            var text = Libc.string(arena, name);
            var fd = Fd.owning(Libc.call(MEMFD_CREATE, text.address(), MFD_CLOEXEC));
            try {
                Libc.call(FTRUNCATE, fd.number(), bytes);
                return fd;
            } catch (PosixException e) {
                fd.close();
                throw e;
            }
        }
    }
}
