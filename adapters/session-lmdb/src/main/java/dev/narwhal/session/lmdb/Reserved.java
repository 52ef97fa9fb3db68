package dev.narwhal.session.lmdb;

import dev.narwhal.worker.session.StoreException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The part of a file in memory for which the kernel has set memory aside. Where LMDB writes through its map, a page without memory behind it would
 * end the process (SIGBUS) in place of an error; so there is none: what a transaction may need is reserved before it begins to write.
 *
 * <p>Guarded by LMDB's lock of writers, once the store is open. Other processes reserve for themselves; to do so twice changes nothing.
 */
final class Reserved implements AutoCloseable {

    private static final int O_RDWR_CLOEXEC = 2 | 02000000;
    private static final int EINTR = 4;

    private static final long LEAST_STEP = 256 << 10;
    private static final long MOST_STEP = 16 << 20;
    private static final int STEPS = 8;

    private final long most;
    private final int fd;
    private final MethodHandle allocate;
    private final MethodHandle close;
    private long reserved;

    private Reserved(long most, int fd, MethodHandle allocate, MethodHandle close) {
        this.most = most;
        this.fd = fd;
        this.allocate = allocate;
        this.close = close;
    }

    /**
     * Nothing of it is reserved yet.
     *
     * @param file exists
     * @param most how large it may become, in bytes
     */
    static Reserved in(Path file, long most) {
        var open = function(
                "open",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        var allocate = function(
                "posix_fallocate",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
        var close = function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try (var arena = Arena.ofConfined()) {
            int fd = (int) open.invokeExact(arena.allocateFrom(file.toString()), O_RDWR_CLOEXEC);
            if (fd < 0) {
                throw new StoreException("opening %s: it cannot be opened once more for writing".formatted(file));
            }
            return new Reserved(most, fd, allocate, close);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @SuppressWarnings("restricted") // workers may call native code
    private static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
    }

    private static RuntimeException unexpected(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException("calling a function of the C library", thrown);
        };
    }

    /**
     * Makes sure that the file has memory up to there, or up to its greatest size.
     *
     * @return false if there is none; then nothing has changed
     */
    boolean upTo(long bytes) {
        long needed = Math.min(bytes, most);
        if (needed <= reserved) {
            return true;
        }
        long step = Math.clamp(needed / STEPS, LEAST_STEP, MOST_STEP);
        return reserve(Math.min(needed + step, most)) || reserve(needed);
    }

    private boolean reserve(long end) {
        boolean done = allocate(end) == 0;
        if (done) {
            reserved = end;
        }
        return done;
    }

    private int allocate(long end) {
        while (true) {
            int error;
            try {
                error = (int) allocate.invokeExact(fd, reserved, end - reserved);
            } catch (Throwable e) {
                throw unexpected(e);
            }
            if (error != EINTR) {
                return error;
            }
        }
    }

    @Override
    public void close() {
        try {
            int _ = (int) close.invokeExact(fd);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }
}
