package dev.narwhal.worker.war;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/**
 * Who uses a prepared directory, and when it was used last: an empty file that every worker holds a shared lock on as long as it lives, however it
 * ends. Nothing else may open the file in the worker, for closing it there would give up the lock.
 */
public final class InUse implements AutoCloseable {

    private static final String FILE = "in-use";

    private final FileChannel channel;

    private InUse(FileChannel channel) {
        this.channel = channel;
    }

    /** Makes the file, before anybody else sees the directory. */
    public static void create(Path directory) throws IOException {
        Files.createFile(directory.resolve(FILE));
    }

    /** Keeps a directory from being deleted until this is closed. */
    public static InUse hold(Path directory) throws IOException {
        var channel = FileChannel.open(directory.resolve(FILE), StandardOpenOption.READ);
        try {
            channel.lock(0, Long.MAX_VALUE, true);
            return new InUse(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Notes that a directory is wanted. One that belongs to somebody else is left as it is. */
    public static void touch(Path directory, Instant now) {
        try {
            Files.setLastModifiedTime(directory.resolve(FILE), FileTime.from(now));
        } catch (IOException _) {
            // it may be deleted while nobody uses it, and is prepared again
        }
    }

    /** When it was wanted last; empty for a directory of another kind. */
    public static Optional<Instant> last(Path directory) throws IOException {
        try {
            return Optional.of(
                    Files.getLastModifiedTime(directory.resolve(FILE)).toInstant());
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /** Whether no process holds it. */
    public static boolean isFree(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory.resolve(FILE), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException _) {
            return false; // this process does
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
