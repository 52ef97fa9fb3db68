package dev.narwhal.worker;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** This worker's own place for temporary files, owner-only, gone when the worker ends in order. */
final class TemporaryDirectory implements AutoCloseable {

    private final Path root;
    private int count;

    private TemporaryDirectory(Path root) {
        this.root = root;
    }

    static TemporaryDirectory create(int slot) throws IOException {
        return new TemporaryDirectory(Files.createTempDirectory("narwhal-worker-" + slot + "-"));
    }

    /** A new, empty directory in it. */
    Path next() throws IOException {
        return Files.createDirectory(root.resolve("app-" + ++count));
    }

    @Override
    public void close() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
