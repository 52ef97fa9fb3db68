package dev.narwhal.migration;

import dev.narwhal.worker.migration.Kept;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Libraries that were migrated before, found by their content: from one version of an application to the next few of them change.
 *
 * <p>{@code KEY.jar} is the migrated library, one file with those of the applications that have it; {@code KEY.txt} says whether there is one, and what
 * was answered about classes of other libraries meanwhile. The library is used again where the answers are the same. The second file is written
 * last, its time is that of the last use, and it goes first. Any thread, and several processes at once.
 */
final class KeptJars {

    private static final String CHANGED = "changed";
    private static final String UNCHANGED = "unchanged";
    private static final Duration UNUSED = Duration.ofDays(30);

    private final Kept kept;

    KeptJars(Kept kept) {
        this.kept = kept;
    }

    /** Names a library as it is before its migration. */
    String key(Path jar) throws IOException {
        var digest = sha256();
        digest.update(kept.build().getBytes(StandardCharsets.UTF_8));
        try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            Files.copy(jar, out);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Puts what was made of the library before in its place, if that is what would be made of it now; returns whether it is there. */
    boolean use(Path jar, String key, Hierarchy hierarchy) throws IOException {
        try {
            var lines = Files.readAllLines(note(key));
            if (lines.isEmpty() || !areSame(lines.subList(1, lines.size()), hierarchy)) {
                return false;
            }
            if (lines.getFirst().equals(CHANGED)) {
                var fresh = jar.resolveSibling(jar.getFileName() + ".part");
                Files.createLink(fresh, file(key));
                Files.move(fresh, jar, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.setLastModifiedTime(note(key), FileTime.from(kept.now()));
            return true;
        } catch (NoSuchFileException | UnsupportedOperationException _) {
            return false; // nobody has kept it, or another process deletes it
        }
    }

    private static boolean areSame(List<String> answers, Hierarchy hierarchy) {
        return answers.stream()
                .map(line -> line.split(" ", 2))
                .allMatch(pair -> hierarchy.answer(pair[0]).equals(pair[1]));
    }

    /** Keeps what has become of a library. */
    void keep(Path jar, String key, boolean changed, Map<String, String> answers) throws IOException {
        var text = new StringBuilder(changed ? CHANGED : UNCHANGED).append('\n');
        answers.forEach(
                (name, answer) -> text.append(name).append(' ').append(answer).append('\n'));
        Files.createDirectories(kept.directory());
        try {
            if (changed) {
                var fresh = Files.createTempFile(kept.directory(), key, ".part");
                Files.delete(fresh);
                Files.createLink(fresh, jar);
                Files.move(fresh, file(key), StandardCopyOption.ATOMIC_MOVE);
            }
            var fresh = Files.createTempFile(kept.directory(), key, ".part");
            Files.writeString(fresh, text);
            Files.setLastModifiedTime(fresh, FileTime.from(kept.now()));
            Files.move(fresh, note(key), StandardCopyOption.ATOMIC_MOVE);
        } catch (UnsupportedOperationException _) {
            // a file system without links
        }
    }

    /** Deletes what no application has needed for long. */
    void deleteUnused() throws IOException {
        if (!Files.isDirectory(kept.directory())) {
            return;
        }
        try (var files = Files.newDirectoryStream(kept.directory())) {
            for (var file : files) {
                if (lastUse(file).filter(kept.now().minus(UNUSED)::isAfter).isPresent()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** A library without a note of its use, and whatever else an accident has left, counts from when it was written. */
    private static Optional<Instant> lastUse(Path file) throws IOException {
        var note = file.resolveSibling(file.getFileName().toString().replaceFirst("\\.jar$", ".txt"));
        try {
            return Optional.of(
                    Files.getLastModifiedTime(Files.exists(note) ? note : file).toInstant());
        } catch (NoSuchFileException _) {
            return Optional.empty(); // another process has deleted it
        }
    }

    private Path file(String key) {
        return kept.directory().resolve(key + ".jar");
    }

    private Path note(String key) {
        return kept.directory().resolve(key + ".txt");
    }
}
