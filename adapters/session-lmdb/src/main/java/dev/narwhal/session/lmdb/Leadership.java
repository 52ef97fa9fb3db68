package dev.narwhal.session.lmdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** A lock on a file that the kernel takes from a process when it dies. */
final class Leadership implements AutoCloseable {

    private final FileChannel file;
    private @Nullable FileLock lock;

    Leadership(Path path) throws IOException {
        file = FileChannel.open(
                path,
                EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    synchronized boolean lead() throws IOException {
        if (lock == null) {
            lock = file.tryLock();
        }
        return lock != null;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
