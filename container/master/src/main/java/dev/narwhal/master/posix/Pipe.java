package dev.narwhal.master.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.Closeable;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;

/** A pipe, both ends close-on-exec. */
public record Pipe(Fd readEnd, Fd writeEnd) implements Closeable {

    private static final int O_CLOEXEC = 0x80000;
    private static final MethodHandle PIPE2 = Libc.function("pipe2", JAVA_INT, ADDRESS, JAVA_INT);

    public static Pipe open() throws PosixException {
        try (var arena = Arena.ofConfined()) {
            var ends = arena.allocate(JAVA_INT, 2);
            Libc.call("pipe2", state -> (int) PIPE2.invokeExact(state, ends, O_CLOEXEC));
            return new Pipe(Fd.owning(ends.getAtIndex(JAVA_INT, 0)), Fd.owning(ends.getAtIndex(JAVA_INT, 1)));
        }
    }

    @Override
    public void close() {
        readEnd.close();
        writeEnd.close();
    }
}
