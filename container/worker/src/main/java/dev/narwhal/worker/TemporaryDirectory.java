package dev.narwhal.worker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * This worker's own place for temporary files, owner-only, gone when the worker ends in order. While the worker lives it holds a lock on a file
 * in it; that is how a later worker knows what one that was killed has left, and removes it.
 */
final class TemporaryDirectory implements AutoCloseable {

    private static final String PREFIX = "narwhal-worker-";
    private static final String DRAFT = ".narwhal-worker-";
    private static final String LOCK = "worker.lock";

    private final Path root;
    private final FileChannel lock;
    private int count;

    private TemporaryDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /** A new one; what dead workers of the same user left beside it is removed first. */
    static TemporaryDirectory create(int slot) throws IOException {
        return create(Path.of(System.getProperty("java.io.tmpdir", "/tmp")), slot);
    }

    static TemporaryDirectory create(Path parent, int slot) throws IOException {
        removeLeftOvers(parent);
        // Nobody may see it before it is locked: it would look like one that was left.
        var draft = Files.createTempDirectory(parent, DRAFT + slot + "-");
        var lock = FileChannel.open(draft.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        if (lock.tryLock() == null) {
            throw new IOException("locking %s: somebody else has locked it".formatted(draft.resolve(LOCK)));
        }
        var root = parent.resolve(draft.getFileName().toString().substring(1));
        Files.move(draft, root, StandardCopyOption.ATOMIC_MOVE);
        return new TemporaryDirectory(root, lock);
    }

    private static void removeLeftOvers(Path parent) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "*")) {
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
            // in use, being removed by another, or not ours to remove
        }
    }

    /** A new, empty directory in it. */
    Path next() throws IOException {
        return Files.createDirectory(root.resolve("app-" + ++count));
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            remove(root);
        }
    }

    private static void remove(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
