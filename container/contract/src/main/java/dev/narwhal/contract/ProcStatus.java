package dev.narwhal.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What the kernel says of a process in {@code /proc/PID}, see proc(5). */
public final class ProcStatus {

    private static final int KIBIBYTE = 1 << 10; // the file's "kB"

    private static final Duration TICK = Duration.ofMillis(10); // USER_HZ, the same on all of Linux's processors
    private static final int USER_TIME = 11; // of the fields behind the name
    private static final int SYSTEM_TIME = 12;

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

    /** The time on processors that a process has had with all its threads; zero when it is gone. */
    public static Duration cpu(String process) {
        try {
            var line = Files.readString(Path.of("/proc", process, "stat"));
            // The name of the program, in parentheses, may have spaces.
            var fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return TICK.multipliedBy(Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]));
        } catch (IOException | RuntimeException _) {
            return Duration.ZERO;
        }
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
