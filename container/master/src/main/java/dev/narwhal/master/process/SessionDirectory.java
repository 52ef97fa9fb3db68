package dev.narwhal.master.process;

import dev.narwhal.contract.FileError;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where the workers' session store has its files: a directory for the owner only, and for one master at a time, or for two while one takes the place of
 * the other. While a master lives it holds a lock on a file in it, on one of two bytes; that is how a later one knows what a master that was killed
 * has left in memory, and removes it, and how of two masters the last one removes it.
 */
public final class SessionDirectory implements Closeable {

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final String PREFIX = "narwhal-sessions-";
    private static final String DRAFT = ".narwhal-sessions-";
    private static final String LOCK = "master.lock";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> AS_OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(OWNER_ONLY);

    private final Path path;
    private final FileChannel lock;
    private final boolean temporary;

    private SessionDirectory(Path path, FileChannel lock, boolean temporary) {
        this.path = path;
        this.lock = lock;
        this.temporary = temporary;
    }

    /**
     * One that another master uses and will leave.
     *
     * @param temporary whether it is to be removed when nobody uses it any more
     * @throws IOException with a sentence for the operator
     */
    public static SessionDirectory shared(Path path, boolean temporary) throws IOException {
        try {
            var channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.WRITE);
            if (lock(channel, 0) || lock(channel, 1)) {
                return new SessionDirectory(path, channel, temporary);
            }
            channel.close();
            throw new IOException("two others use it already");
        } catch (IOException e) {
            throw new IOException("sharing the session directory %s: %s".formatted(path, reason(e)), e);
        }
    }

    /**
     * A new one in memory, removed when it is closed. What dead masters of the same user left is removed first.
     *
     * @throws IOException with a sentence for the operator
     */
    public static SessionDirectory inMemory() throws IOException {
        return inMemory(
                Files.isWritable(SHARED_MEMORY)
                        ? SHARED_MEMORY
                        : Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
    }

    static SessionDirectory inMemory(Path memory) throws IOException {
        removeLeftOvers(memory);
        try {
            // Nobody may see it before it is locked: it would look like one that was left.
            var draft = Files.createTempDirectory(memory, DRAFT, AS_OWNER_ONLY);
            var lock = lock(draft);
            var path = memory.resolve(PREFIX + UUID.randomUUID());
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
            return new SessionDirectory(path, lock, true);
        } catch (IOException e) {
            throw new IOException(
                    "creating a directory for sessions in %s: %s. Name another place with --session-dir."
                            .formatted(memory, e),
                    e);
        }
    }

    private static void removeLeftOvers(Path memory) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(memory, PREFIX + "*")) {
            for (var directory : found) {
                removeIfLeft(directory);
            }
        }
    }

    /** Another user's cannot be opened and stays. */
    private static void removeIfLeft(Path directory) {
        try (var lock = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE)) {
            if (lock.tryLock() != null) {
                remove(directory);
            }
        } catch (IOException | OverlappingFileLockException e) {
            // in use, or not ours to remove
        }
    }

    /**
     * The operator's own, created if it is missing; its files stay.
     *
     * @throws IOException with a sentence for the operator
     */
    public static SessionDirectory at(Path path) throws IOException {
        try {
            create(path);
            if (!Files.getPosixFilePermissions(path).stream().allMatch(permission -> OWNER_ONLY.contains(permission))) {
                throw new IOException("others have access to it. Say chmod 700 " + path);
            }
            return new SessionDirectory(path, lock(path), false);
        } catch (IOException e) {
            throw new IOException("opening the session directory %s: %s".formatted(path, reason(e)), e);
        }
    }

    private static void create(Path path) throws IOException {
        var parent = path.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(path, AS_OWNER_ONLY);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(path)) {
                throw new IOException("it is not a directory", e);
            }
        }
    }

    private static String reason(IOException failure) {
        return FileError.words(failure);
    }

    private static FileChannel lock(Path directory) throws IOException {
        var file = directory.resolve(LOCK);
        var channel = FileChannel.open(
                file,
                EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        if (lock(channel, 0)) {
            if (isUnlocked(channel, 1)) {
                return channel;
            }
        }
        channel.close();
        throw new IOException("another narwhal uses it. Stop that one or name another directory");
    }

    private static boolean lock(FileChannel channel, long position) throws IOException {
        try {
            return channel.tryLock(position, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            return false; // this very process holds it
        }
    }

    private static boolean isUnlocked(FileChannel channel, long position) throws IOException {
        try (var probe = channel.tryLock(position, 1, false)) {
            return probe != null;
        } catch (OverlappingFileLockException e) {
            return true; // held by this channel, and nobody else
        }
    }

    /** Whether nothing is to be left of it. */
    public boolean temporary() {
        return temporary;
    }

    public Path path() {
        return path;
    }

    /** Lets go of it; of one in memory nothing is left, unless another master uses it. */
    @Override
    public void close() throws IOException {
        try (lock) {
            if (temporary && isUnlocked(lock, 0) && isUnlocked(lock, 1)) {
                remove(path);
            }
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            files.forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Files.deleteIfExists(directory);
    }
}
