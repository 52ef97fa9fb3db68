package dev.narwhal.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where the things under test are.
 *
 * <p>{@code -Dnarwhal.root} names the top of the source tree (default: found by walking up from the working directory) and
 * {@code -Dnarwhal.home} the unpacked distribution (default: the one that {@code container/dist} built).
 */
public final class Distribution {

    private Distribution() {}

    public static Path root() {
        var configured = System.getProperty("narwhal.root", "");
        if (!configured.isEmpty()) {
            return Path.of(configured);
        }
        for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("container/dist"))) {
                return at;
            }
        }
        throw new IllegalStateException("looking for the top of the source tree above "
                + Path.of("").toAbsolutePath() + ": no container/dist found. Set -Dnarwhal.root.");
    }

    public static Path home() {
        var configured = System.getProperty("narwhal.home", "");
        return configured.isEmpty() ? built() : Path.of(configured);
    }

    public static Path launcher() {
        var launcher = home().resolve("bin/narwhal");
        if (!Files.isExecutable(launcher)) {
            throw new IllegalStateException("looking for the distribution: no executable " + launcher
                    + ". Build it with ./mvnw verify -pl container/dist -am, or set -Dnarwhal.home.");
        }
        return launcher;
    }

    private static Path built() {
        var target = root().resolve("container/dist/target");
        if (Files.isDirectory(target)) {
            try (Stream<Path> children = Files.list(target)) {
                var found = children.filter(child -> Files.isExecutable(child.resolve("bin/narwhal")))
                        .findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("listing " + target, e);
            }
        }
        return target.resolve("narwhal-0.1.0-SNAPSHOT");
    }
}
