package dev.narwhal.session.lmdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory in memory, without directories in it. */
record MemoryDirectory(Path path) implements AutoCloseable {

    static MemoryDirectory create() {
        try {
            return new MemoryDirectory(Files.createTempDirectory(Path.of("/dev/shm"), "narwhal-test-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (var files = Files.list(path)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
