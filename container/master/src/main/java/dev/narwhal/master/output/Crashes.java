package dev.narwhal.master.output;

import dev.narwhal.contract.FileError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory for what is left of workers that have crashed: the JVM's own report, if it could write one, and the last that was printed. The newest
 * {@value #MOST_FILES} files stay, so that a crash loop does not fill the disk. Any thread.
 */
public record Crashes(Path directory) {

    private static final int MOST_FILES = 40;
    private static final Pattern OURS = Pattern.compile("(hs_err_pid\\d+\\.log|worker-\\d+-pid-\\d+\\.txt)");

    private static final Logger log = LoggerFactory.getLogger(Crashes.class);

    /** The JVM writes there only if the directory exists. */
    public void create() {
        try {
            if (!Files.isDirectory(directory)) {
                var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
                Files.createDirectories(directory.toAbsolutePath().getParent());
                Files.createDirectory(directory, ownerOnly);
            }
        } catch (IOException e) {
            log.warn(
                    "creating {} for what is left of crashed workers: {}. Nothing is kept of them",
                    directory,
                    FileError.words(e));
        }
    }

    /** Tells the JVM where to write its report; a percent sign would begin a field of the name. */
    public String option() {
        return "-XX:ErrorFile=" + directory.toString().replace("%", "%%") + "/hs_err_pid%p.log";
    }

    /** Keeps the last words of a worker and logs where they and the JVM's report are. */
    public void keep(int slot, int pid, byte[] lastWords) {
        var files = new ArrayList<String>();
        Optional.of(directory.resolve("hs_err_pid" + pid + ".log"))
                .filter(Files::exists)
                .ifPresent(file -> files.add("the JVM's report is in " + file));
        if (lastWords.length > 0) {
            var file = directory.resolve("worker-%d-pid-%d.txt".formatted(slot, pid));
            try {
                Files.write(file, lastWords);
                files.add("what it printed last is in " + file);
            } catch (IOException e) {
                log.warn("keeping the last words of worker {} (pid {}): {}", slot, pid, e.toString());
            }
        }
        if (!files.isEmpty()) {
            log.warn("worker {} (pid {}) has crashed: {}", slot, pid, String.join(", ", files));
            prune();
        }
    }

    private void prune() {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> old = files.filter(
                            file -> OURS.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparing(Crashes::time).reversed())
                    .skip(MOST_FILES)
                    .toList();
            for (var file : old) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            log.debug("removing what is left of old crashes from {}: {}", directory, e.toString());
        }
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException _) {
            return FileTime.fromMillis(0); // another master has removed it
        }
    }
}
