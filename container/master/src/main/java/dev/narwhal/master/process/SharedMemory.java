package dev.narwhal.master.process;

import dev.narwhal.master.posix.AnonymousMemory;
import dev.narwhal.master.posix.Fd;
import dev.narwhal.master.posix.PosixException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** Memory that children inherit, such as the scoreboard's. It is in no file system, so nothing is left behind. */
public record SharedMemory(Fd fd) implements Closeable {

    /** Creates it, filled with zeros. */
    public static SharedMemory create(String name, long bytes) throws PosixException {
        return new SharedMemory(AnonymousMemory.create(name, bytes));
    }

    /** Creates it with these bytes. */
    public static SharedMemory holding(String name, byte[] bytes) throws IOException {
        var memory = create(name, 0);
        try {
            memory.fd().write(bytes);
            return memory;
        } catch (IOException e) {
            memory.close();
            throw e;
        }
    }

    /** The file name under which this process can map it. */
    public Path procPath() {
        return fd.path();
    }

    @Override
    public void close() {
        fd.close();
    }
}
