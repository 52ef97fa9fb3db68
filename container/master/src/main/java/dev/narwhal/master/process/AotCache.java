package dev.narwhal.master.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The JDK's ahead-of-time cache (JEP 483, 514, 515) of the server's own classes: loaded, linked and profiled once, it halves the time that a
 * worker takes to boot. The JVM checks that a cache fits and runs without it where it does not, so a wrong one costs time and nothing else.
 *
 * @param file where it is, or will be
 */
public record AotCache(Path file) {

    /** As long as preparations. */
    private static final Duration UNUSED = Duration.ofDays(30);

    /** Flags of the operator's that contradict a cache, or bring one. */
    private static final Predicate<String> EXCLUDES = Pattern.compile(
                    "-XX:(AOT|SharedArchiveFile|ArchiveClassesAtExit).*|-Xshare:.*")
            .asMatchPredicate();

    /** Flags that the cache depends on: modules and collectors. */
    private static final Predicate<String> DEPENDS =
            Pattern.compile("--.*|-XX:\\+Use.*GC").asMatchPredicate();

    /**
     * The cache for a JDK, a build of the server and the JVM flags.
     *
     * @param cache the directory for what is prepared
     * @param library the directory with the worker's JAR files
     * @param flags all JVM flags of a worker
     */
    static AotCache of(Path cache, Path javaHome, Path library, List<String> flags) throws IOException {
        var key = new StringBuilder();
        key.append(Runtime.version()).append(javaHome).append(library);
        flags.stream().filter(DEPENDS).forEach(key::append);
        var jars = new TreeSet<Path>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(library, "*.jar")) {
            files.forEach(jars::add);
        }
        for (var jar : jars) {
            key.append(File.pathSeparator)
                    .append(jar.getFileName())
                    .append(Files.size(jar))
                    .append(Files.getLastModifiedTime(jar).toMillis());
        }
        return new AotCache(cache.resolve("aot").resolve(hash(key.toString()) + ".aot"));
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether these options leave room for a cache of ours. */
    static boolean fits(List<String> javaOptions) {
        return javaOptions.stream().noneMatch(EXCLUDES);
    }

    public boolean exists() {
        return Files.isRegularFile(file);
    }

    /** Notes that it is wanted, and deletes what lies beside it and nothing has wanted for long: caches of other JDKs, builds and flags. */
    public void keep(Instant now) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(now));
        try (DirectoryStream<Path> all = Files.newDirectoryStream(
                file.toAbsolutePath().getParent(),
                other -> Files.getLastModifiedTime(other).toInstant().isBefore(now.minus(UNUSED)))) {
            for (var other : all) {
                Files.deleteIfExists(other); // a JVM that has it mapped goes on with it
            }
        }
    }

    /** Has a worker use it. What the JVM has to say about a cache that does not fit is no matter of the operator's. */
    List<String> use() {
        return List.of("-XX:AOTCache=" + file, "-Xlog:aot=off");
    }

    /** Has a worker write down what it does, when it ends. */
    List<String> record(Path record) {
        return List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + record, "-Xlog:aot=off");
    }

    /** Has a JVM that runs nothing make a cache of a record. */
    List<String> create(Path record, Path cache) {
        return List.of(
                "-XX:AOTMode=create", "-XX:AOTConfiguration=" + record, "-XX:AOTCache=" + cache, "-Xlog:aot=off");
    }
}
