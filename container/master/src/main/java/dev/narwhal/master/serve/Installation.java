package dev.narwhal.master.serve;

import dev.narwhal.master.process.WorkerCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where things are.
 *
 * @param home the unpacked distribution
 * @param javaHome the JDK that the master runs on, and its children too
 * @param cache where prepared applications are kept
 */
public record Installation(Path home, Path javaHome, Path cache) {

    /** From the manifest of the JAR; classes run from a build directory have none. */
    public static String version() {
        return Optional.ofNullable(Installation.class.getPackage().getImplementationVersion())
                .orElse("(development)");
    }

    /** A small application of the server's own. */
    Path rehearsal() {
        return home.resolve("lib/rehearsal");
    }

    /** Where what is left of crashed workers goes, unless the operator says so. */
    Path crashes() {
        return cache.resolve("crashes");
    }

    WorkerCommand command(List<String> javaOptions) {
        return new WorkerCommand(javaHome, home.resolve("lib/worker"), cache, javaOptions);
    }
}
