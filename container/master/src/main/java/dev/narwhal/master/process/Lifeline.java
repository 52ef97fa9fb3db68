package dev.narwhal.master.process;

import dev.narwhal.master.posix.Fd;
import dev.narwhal.master.posix.Pipe;
import dev.narwhal.master.posix.PosixException;
import java.io.Closeable;

/**
 * A pipe on which nothing is ever written. Children have its read end as their standard input, nobody but the master has its write
 * end: the end of the file means that the master is gone, however it went.
 */
public final class Lifeline implements Closeable {

    private final Pipe pipe;

    private Lifeline(Pipe pipe) {
        this.pipe = pipe;
    }

    public static Lifeline open() throws PosixException {
        return new Lifeline(Pipe.open());
    }

    /** What children get as standard input. */
    public Fd readEnd() {
        return pipe.readEnd();
    }

    /** Tells all children what the death of the master would tell them. */
    @Override
    public void close() {
        pipe.close();
    }
}
