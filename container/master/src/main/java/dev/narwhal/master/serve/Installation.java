package dev.narwhal.master.serve;

import dev.narwhal.master.process.WorkerCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where things are.
 *
 * @param home the unpacked distribution
 * @param javaHome the JDK that the master runs on, and its children too
 * @param cacheDirectory where prepared applications are kept; empty for a user without a home
 */
public record Installation(Path home, Path javaHome, Optional<Path> cacheDirectory) {

    /** From the manifest of the JAR; classes run from a build directory have none. */
    public static String version() {
        return Optional.ofNullable(Installation.class.getPackage().getImplementationVersion())
                .orElse("(development)");
    }

    /** A small application of the server's own. */
    Path rehearsal() {
        return home.resolve("lib/rehearsal");
    }

    /**
     * For those who are about to prepare something; others do without.
     *
     * @throws IOException when there is no place for it, with a sentence for the operator
     */
    void requireCache() throws IOException {
        if (cacheDirectory.isEmpty()) {
            throw new IOException("finding the cache directory: the user has no home. Set NARWHAL_CACHE to a directory"
                    + " that this user may write.");
        }
    }

    /** Where prepared applications are kept. */
    Path cache() {
        return cacheDirectory.orElseThrow();
    }

    /** Where what is left of crashed workers goes, unless the operator says so. */
    Path crashes() {
        return cache().resolve("crashes");
    }

    WorkerCommand command(List<String> javaOptions) {
        return new WorkerCommand(javaHome, home.resolve("lib/worker"), cache(), javaOptions);
    }
}
