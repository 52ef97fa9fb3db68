package dev.narwhal.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says of the memory of a process in {@code /proc/PID/status}, see proc(5). */
public final class ProcStatus {

    private static final int KIBIBYTE = 1 << 10; // the file's "kB"

    private ProcStatus() {}

    /**
     * The bytes in a field such as {@code VmRSS}; 0 when the process is gone.
     *
     * @param process a pid, or {@code self}
     */
    public static long bytes(String process, String field) {
        return bytes(Path.of("/proc", process, "status"), field);
    }

    /** What a process has in memory, where of what it shares with others each has its part; 0 when it is gone, or the kernel does not say. */
    public static long proportionalBytes(String process) {
        return bytes(Path.of("/proc", process, "smaps_rollup"), "Pss");
    }

    private static long bytes(Path file, String field) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(field + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIBIBYTE)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException _) {
            return 0;
        }
    }
}
