package dev.narwhal.worker.prepare;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.FileError;
import dev.narwhal.worker.migration.Kept;
import dev.narwhal.worker.war.InUse;
import dev.narwhal.worker.war.PreparedApp;
import dev.narwhal.worker.war.WarException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * The directory with the prepared applications.
 *
 * <p>Whoever can write here decides what code runs, so it has to belong to this user alone. Several processes may use it at
 * once: a directory is filled under a temporary name and renamed when it is complete; who comes second finds that the name is
 * taken and uses what is there.
 */
final class PreparedCache {

    /**
     * What is worth knowing without reading the descriptor; the file that has it is written last.
     *
     * @param migrated whether it was migrated from {@code javax.servlet}
     * @param warnings to be told again when the preparation is reused
     */
    record Completed(boolean distributable, boolean nativeCode, boolean migrated, List<String> warnings) {
        Completed {
            warnings = List.copyOf(warnings);
        }
    }

    private static final String COMPLETE = "complete.json";
    private static final String TEMPORARY = ".preparing-";
    private static final String MIGRATED = "migrated";
    private static final Duration ABANDONED = Duration.ofDays(1);

    /** How long a preparation is kept that nothing asks for and no worker uses. */
    private static final Duration UNUSED = Duration.ofDays(30);

    private final Path directory;
    private final Instant now;

    private PreparedCache(Path directory, Instant now) {
        this.directory = directory;
        this.now = now;
    }

    /** Opens the cache, and creates it owner-only if it is missing. */
    static PreparedCache open(Path path, Instant now) throws WarException, IOException {
        var directory = path.toAbsolutePath().normalize();
        try {
            if (!Files.exists(directory)) {
                var parent = directory.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                createPrivate(directory);
            }
        } catch (FileSystemException e) {
            throw new WarException(
                    ExitCode.SYSTEM,
                    "creating the cache directory %s: %s: %s. Give another cache directory."
                            .formatted(path, e.getFile(), FileError.words(e)),
                    e);
        }
        var real = directory.toRealPath();
        refuseForeign(real);
        var cache = new PreparedCache(real, now);
        cache.deleteAbandoned();
        cache.deleteUnused();
        return cache;
    }

    private static void createPrivate(Path directory) throws IOException {
        try {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException _) {
            // another start created it meanwhile; it is checked like any other
        }
    }

    private static void refuseForeign(Path directory) throws WarException, IOException {
        var message = "using the cache directory " + directory + ": ";
        if (!Files.isDirectory(directory)) {
            throw new WarException(ExitCode.SYSTEM, message + "it is not a directory. Remove the file.", null);
        }
        // The owner of /proc/self is the effective user of this process, also where no user database knows it.
        var owner = Files.getAttribute(directory, "unix:uid");
        var user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (!owner.equals(user)) {
            throw new WarException(
                    ExitCode.SYSTEM,
                    message + "it belongs to the user " + owner + " and this process runs as " + user
                            + ". Whoever owns it decides what code runs; give another one.",
                    null);
        }
        var permissions = Files.getPosixFilePermissions(directory);
        var foreign = EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
        foreign.retainAll(permissions);
        if (!foreign.isEmpty()) {
            throw new WarException(
                    ExitCode.SYSTEM,
                    message + "others can write to it (" + PosixFilePermissions.toString(permissions)
                            + "). Run: chmod go-w " + directory,
                    null);
        }
    }

    /** Where a preparation belongs. */
    Path place(String key) {
        return directory.resolve(key);
    }

    /** Where migrated libraries are kept, beside the applications that they belong to. */
    Kept migrated(String build) {
        return new Kept(directory.resolve(MIGRATED), build, now);
    }

    /** What is known of a complete preparation; anything else in its place is taken away. */
    Optional<Completed> find(Path place) throws IOException {
        if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        var completed = completed(place);
        InUse.touch(place, now);
        if (completed.isEmpty()) {
            var aside = temporary();
            Files.move(place, aside.resolve("incomplete"), StandardCopyOption.ATOMIC_MOVE);
            delete(aside);
        }
        return completed;
    }

    private static Optional<Completed> completed(Path place) throws IOException {
        var file = place.resolve(COMPLETE);
        if (!Files.isRegularFile(file) || !Files.isRegularFile(place.resolve(PreparedApp.FILE))) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(new Gson().fromJson(Files.readString(file), Completed.class));
        } catch (JsonParseException | NullPointerException _) {
            return Optional.empty(); // a machine that lost power may leave such a file
        }
    }

    /** A new directory for a preparation; it has to be {@link #publish published} or {@link #delete deleted}. */
    Path temporary() throws IOException {
        return Files.createTempDirectory(directory, TEMPORARY); // owner-only, by contract of that method
    }

    /**
     * Gives a preparation its name, unless another process has done so first.
     *
     * @return whether it was this one
     */
    boolean publish(Path temporary, Completed completed, Path place) throws IOException {
        InUse.create(temporary);
        Files.writeString(temporary.resolve(COMPLETE), new Gson().toJson(completed));
        try {
            Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (FileSystemException e) {
            if (e instanceof DirectoryNotEmptyException || completed(place).isPresent()) {
                delete(temporary);
                return false;
            }
            throw e;
        }
    }

    private void deleteAbandoned() throws IOException {
        try (var entries = Files.newDirectoryStream(directory, TEMPORARY + "*")) {
            for (var entry : entries) {
                if (Files.getLastModifiedTime(entry).toInstant().isBefore(now.minus(ABANDONED))) {
                    delete(entry);
                }
            }
        }
    }

    /** Out of the way first, so that nobody finds it half deleted. What belongs to another version of Narwhal is not judged. */
    private void deleteUnused() throws IOException {
        try (var entries = Files.newDirectoryStream(directory, Files::isDirectory)) {
            for (var entry : entries) {
                var last = InUse.last(entry);
                if (last.isPresent() && last.get().isBefore(now.minus(UNUSED)) && InUse.isFree(entry)) {
                    var aside = temporary();
                    Files.move(entry, aside.resolve("unused"), StandardCopyOption.ATOMIC_MOVE);
                    delete(aside);
                }
            }
        } catch (NoSuchFileException _) {
            // another process deletes the same
        }
    }

    static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
