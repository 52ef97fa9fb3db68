package dev.narwhal.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * Directories that live as long as the JVM of the tests, for what a server may still write to when its test has ended; JUnit's {@code @TempDir}
 * is for everything else.
 */
public final class Scratch {

    private static final Path ROOT = create();

    /** Where servers put their control sockets, unless a test says otherwise. */
    static final Path RUNTIME = directory();

    private Scratch() {}

    /** A new one. */
    public static Path directory() {
        try {
            return Files.createTempDirectory(ROOT, "");
        } catch (IOException e) {
            throw new UncheckedIOException("creating a directory in " + ROOT, e);
        }
    }

    private static Path create() {
        try {
            var root = Files.createTempDirectory("narwhal-tests-");
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> remove(root)));
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException("creating a directory for the servers of the tests", e);
        }
    }

    private static void remove(Path root) {
        try (var found = Files.walk(root)) {
            for (var path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            System.err.println("removing " + root + ": " + e);
        }
    }
}
