package dev.narwhal.master.serve;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code --reload}: sees by their times and lengths that files have changed, waits until they are quiet, and tells. It looks rather than asks the kernel, whose
 * notices do not come over network and container mounts, where sources often are. On a thread of its own.
 */
final class SourceWatch {

    private static final Logger log = LoggerFactory.getLogger(SourceWatch.class);

    /** How often it looks, and how long nothing must have changed. */
    private static final Duration INTERVAL = Duration.ofMillis(500);

    /**
     * What is watched.
     *
     * @param paths files, and directories with all that is in them
     * @param patterns globs of files below the working directory
     */
    record Watched(List<Path> paths, List<String> patterns) {

        Watched {
            paths = List.copyOf(paths);
            patterns = List.copyOf(patterns);
        }
    }

    private record Stamp(long modified, long length) {}

    private final Supplier<Watched> watched;
    private final Path workingDirectory;
    private final Consumer<Path> changed;

    private SourceWatch(Supplier<Watched> watched, Path workingDirectory, Consumer<Path> changed) {
        this.watched = watched;
        this.workingDirectory = workingDirectory;
        this.changed = changed;
    }

    /**
     * Watches until the process ends.
     *
     * @param changed is told one of the files that have changed, once all are quiet
     */
    static void start(Supplier<Watched> watched, Path workingDirectory, Consumer<Path> changed) {
        var watch = new SourceWatch(watched, workingDirectory, changed);
        Thread.ofPlatform().daemon(true).name("reload").start(watch::run);
    }

    private void run() {
        try {
            var told = stamps();
            var before = told;
            while (true) {
                Thread.sleep(INTERVAL);
                var now = stamps();
                var difference = difference(told, now);
                // A build removes before it writes: what is gone is not a new release.
                if (difference.isPresent() && now.equals(before) && complete()) {
                    changed.accept(difference.get());
                    told = now;
                }
                before = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean complete() {
        return watched.get().paths().stream().allMatch(Files::exists);
    }

    private static Optional<Path> difference(Map<Path, Stamp> told, Map<Path, Stamp> now) {
        return now.entrySet().stream()
                .filter(file -> !file.getValue().equals(told.get(file.getKey())))
                .map(Map.Entry::getKey)
                .findFirst()
                .or(() -> told.keySet().stream()
                        .filter(file -> !now.containsKey(file))
                        .findFirst());
    }

    private Map<Path, Stamp> stamps() {
        var stamps = new HashMap<Path, Stamp>();
        for (var path : watched.get().paths()) {
            walk(path, _ -> true, stamps);
        }
        var globs = watched.get().patterns().stream()
                .map(pattern -> FileSystems.getDefault().getPathMatcher("glob:" + workingDirectory + "/" + pattern))
                .toList();
        if (!globs.isEmpty()) {
            walk(workingDirectory, file -> globs.stream().anyMatch(glob -> glob.matches(file)), stamps);
        }
        return stamps;
    }

    private static void walk(Path root, PathMatcher wanted, Map<Path, Stamp> stamps) {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (wanted.matches(file)) {
                        stamps.put(file, new Stamp(attributes.lastModifiedTime().toMillis(), attributes.size()));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE; // gone since; the next look tells
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            log.warn("looking for changes in {}: {}", root, e.toString());
        }
    }
}
