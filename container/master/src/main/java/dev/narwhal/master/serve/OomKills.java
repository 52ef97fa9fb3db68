package dev.narwhal.master.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Watches the kernel's count of processes that it killed in our control group for want of memory. */
final class OomKills {

    private static final Path EVENTS = Path.of("/sys/fs/cgroup/memory.events");
    private static final String KEY = "oom_kill ";

    private long seen = read();

    /** Whether there was one since the last call; false where the kernel does not say. */
    synchronized boolean anyNew() {
        long before = seen;
        seen = read();
        return seen > before;
    }

    private static long read() {
        try {
            return Files.readAllLines(EVENTS).stream()
                    .filter(line -> line.startsWith(KEY))
                    .mapToLong(
                            line -> Long.parseLong(line.substring(KEY.length()).strip()))
                    .sum();
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
