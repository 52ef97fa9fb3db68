package dev.narwhal.master.posix;

import java.io.Closeable;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An open file descriptor of this process and its owner: closed once, and never used by number afterwards, when the number may
 * belong to another file.
 */
public final class Fd implements Closeable {

    /** The streams this process was started with; closing them here does nothing. */
    public static final Fd STANDARD_INPUT = new Fd(0, true);

    public static final Fd STANDARD_OUTPUT = new Fd(1, true);
    public static final Fd STANDARD_ERROR = new Fd(2, true);

    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;
    private static final int FEW_BYTES = 4096;

    private static final Libc.Function FCNTL = Libc.function("fcntl");
    private static final Libc.Function CLOSE = Libc.function("close");
    private static final Libc.Function READ = Libc.function("read");
    private static final Libc.Function WRITE = Libc.function("write");

    private final int number;
    private final boolean borrowed;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Fd(int number, boolean borrowed) {
        this.number = number;
        this.borrowed = borrowed;
    }

    /** Takes ownership of an open descriptor. */
    static Fd owning(long number) {
        return new Fd(Math.toIntExact(number), false);
    }

    /** Takes ownership of one that this process was started with; its own children do not get it any more. */
    public static Fd inherited(int number) throws PosixException {
        Libc.call(FCNTL, number, F_SETFD, FD_CLOEXEC);
        return owning(number);
    }

    /**
     * The number that the kernel knows it by.
     *
     * @throws IllegalStateException when it was closed
     */
    public int number() {
        if (closed.get()) {
            throw new IllegalStateException("using file descriptor " + number + ": it was closed before");
        }
        return number;
    }

    /** A file name under which this process can open the same file again, whether or not it has one in a file system. */
    public Path path() {
        return Path.of("/proc/self/fd", Integer.toString(number()));
    }

    /** Reads block; closing the stream closes the descriptor. */
    public InputStream inputStream() {
        return inputStream(FEW_BYTES);
    }

    /** The same, with at most so many bytes a read. */
    public InputStream inputStream(int bufferBytes) {
        return new FdInputStream(this, bufferBytes);
    }

    /** Reads at most {@code memory.byteSize()} bytes; 0 at the end of the file. */
    int read(MemorySegment memory) throws PosixException {
        try {
            return (int) Libc.callLong(READ, number(), memory.address(), memory.byteSize());
        } finally {
            Reference.reachabilityFence(memory); // the address alone does not keep it
        }
    }

    /** Writes all bytes; blocks while a pipe is full. */
    public void write(byte[] bytes) throws PosixException {
        try (var arena = Arena.ofConfined()) {
            var memory = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            long done = 0;
            while (done < bytes.length) {
                var rest = memory.asSlice(done);
                done += Libc.callLong(WRITE, number(), rest.address(), rest.byteSize());
            }
        }
    }

    /** Never fails: these are sockets, pipes and memory, which have nothing to write back. */
    @Override
    public void close() {
        if (!borrowed && closed.compareAndSet(false, true)) {
            // Not again after EINTR: Linux has released the number by then, and somebody else may own it.
            Libc.callUnchecked(CLOSE, number);
        }
    }

    @Override
    public String toString() {
        return "fd " + number + (closed.get() ? " (closed)" : "");
    }
}
