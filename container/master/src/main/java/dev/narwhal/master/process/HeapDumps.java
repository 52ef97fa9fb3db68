package dev.narwhal.master.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory in which workers leave their heap when it is full. The JVM writes the files, by names of its own; whatever else is in the directory is none
 * of ours. A dump is counted when its worker has ended.
 */
public final class HeapDumps {

    /** A file and what it takes. */
    public record Dump(Path file, long bytes, FileTime written) {}

    private final Path directory;

    /** Nothing is created yet. */
    public HeapDumps(Path directory) {
        this.directory = directory;
    }

    /** What a worker's JVM is to be told. */
    public List<String> flags() {
        return List.of("-XX:+HeapDumpOnOutOfMemoryError", "-XX:HeapDumpPath=" + directory);
    }

    /** Creates the directory, for the owner only, unless it is there. */
    public void open() throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /** The dump of one worker, if it has left any. */
    public List<Dump> of(int pid) throws IOException {
        return list("java_pid" + pid + "\\.hprof.*");
    }

    /**
     * Removes dumps until the others take no more than that, the oldest first.
     *
     * @return what is removed
     */
    public List<Dump> trim(long budget) throws IOException {
        var removed = new ArrayList<Dump>();
        var dumps = list("java_pid\\d+\\.hprof.*");
        long bytes = dumps.stream().mapToLong(Dump::bytes).sum();
        for (var dump : dumps) {
            if (bytes > budget) {
                Files.deleteIfExists(dump.file());
                removed.add(dump);
                bytes -= dump.bytes();
            }
        }
        return removed;
    }

    /** The oldest first. */
    private List<Dump> list(String name) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .map(HeapDumps::dump)
                    .sorted(Comparator.comparing(Dump::written))
                    .toList();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Dump dump(Path file) {
        try {
            return new Dump(file, Files.size(file), Files.getLastModifiedTime(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
