package dev.narwhal.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;

/** Directories that do not outlive this process, however it is ended. */
final class Temporary {

    private Temporary() {}

    static Path directory(String prefix) throws IOException {
        var directory = Files.createTempDirectory(prefix);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> remove(directory)));
        return directory;
    }

    private static void remove(Path directory) {
        try (var found = Files.walk(directory)) {
            for (var path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (NoSuchFileException e) {
            // who used it has removed it
        } catch (IOException e) {
            System.err.println("removing " + directory + ": " + e);
        }
    }
}
