package dev.narwhal.master.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.Closeable;
import java.lang.foreign.Arena;

/** A pipe, both ends close-on-exec. */
public record Pipe(Fd readEnd, Fd writeEnd) implements Closeable {

    private static final int O_CLOEXEC = 0x80000;
    private static final Libc.Function PIPE2 = Libc.function("pipe2");

    public static Pipe open() throws PosixException {
        try (var arena = Arena.ofConfined()) {
            var ends = arena.allocate(JAVA_INT, 2);
            Libc.call(PIPE2, ends.address(), O_CLOEXEC);
            return new Pipe(Fd.owning(ends.getAtIndex(JAVA_INT, 0)), Fd.owning(ends.getAtIndex(JAVA_INT, 1)));
        }
    }

    @Override
    public void close() {
        readEnd.close();
        writeEnd.close();
    }
}
