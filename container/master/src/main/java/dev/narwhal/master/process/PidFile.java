package dev.narwhal.master.process;

import dev.narwhal.contract.FileError;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file with the master's pid and a line end, for scripts.
 *
 * <p>It is complete from the moment it is visible. While the master lives it holds a lock on the file, and that, not the number in
 * it, is what tells a live master from one that was killed: a pid may be somebody else's by now, and in a container it usually is ours.
 */
public final class PidFile implements Closeable {

    private final Path path;
    private final FileChannel locked;
    private final Object key;

    private PidFile(Path path, FileChannel locked, Object key) {
        this.path = path;
        this.locked = locked;
        this.key = key;
    }

    /**
     * Creates the file, in place of a stale one if there is one.
     *
     * @throws IOException when another master holds it or it cannot be written; nothing has changed then
     */
    public static PidFile create(Path path, Pid pid) throws IOException {
        var absolute = path.toAbsolutePath();
        var draft = draft(absolute);
        try {
            var channel = FileChannel.open(draft, StandardOpenOption.WRITE);
            try {
                channel.write(ByteBuffer.wrap((pid + "\n").getBytes(StandardCharsets.US_ASCII)));
                if (!lock(channel)) {
                    throw new IOException("writing the pid file %s: %s is locked already".formatted(path, draft));
                }
                var key = Objects.requireNonNull(key(draft));
                publish(draft, absolute);
                return new PidFile(absolute, channel, key);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static Path draft(Path path) throws IOException {
        try {
            var readable = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));
            return Files.createTempFile(path.getParent(), ".narwhal-", ".pid", readable);
        } catch (IOException e) {
            throw new IOException(
                    "writing the pid file %s: its directory cannot be written (%s). Create it or choose another --pid."
                            .formatted(path, FileError.words(e)),
                    e);
        }
    }

    private static void publish(Path draft, Path path) throws IOException {
        while (true) {
            try {
                Files.createLink(path, draft);
                return;
            } catch (FileAlreadyExistsException e) {
                if (replaceStale(draft, path)) {
                    return;
                }
            }
        }
    }

    /** Replaces it while holding its lock, so that of two masters that find it stale one wins; false when it is no longer there. */
    private static boolean replaceStale(Path draft, Path path) throws IOException {
        var key = key(path);
        try (var stale = FileChannel.open(path, StandardOpenOption.WRITE)) {
            if (!lock(stale)) {
                throw new IOException(
                        "writing the pid file %s: pid %s is running and holds it. Stop that one or choose another --pid."
                                .formatted(path, Files.readString(path).strip()));
            }
            if (key == null || !key.equals(key(path))) {
                return false;
            }
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException _) {
            return false;
        } catch (FileSystemException e) {
            throw new IOException(
                    "writing the pid file %s: %s. Remove what is there or choose another --pid."
                            .formatted(path, FileError.words(e)),
                    e);
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // this very process holds it
        }
    }

    private static @Nullable Object key(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Leaves the file for another master, which puts its own in its place; closing does nothing afterwards. */
    public void leave() throws IOException {
        locked.close();
    }

    /** Removes the file, unless somebody has put another in its place. */
    @Override
    public void close() throws IOException {
        try (locked) {
            if (locked.isOpen() && key.equals(key(path))) {
                Files.deleteIfExists(path);
            }
        }
    }
}
