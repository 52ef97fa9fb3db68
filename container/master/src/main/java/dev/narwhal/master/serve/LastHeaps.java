package dev.narwhal.master.serve;

import dev.narwhal.master.config.HeapDumpRules;
import dev.narwhal.master.process.HeapDumps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after what workers leave that ran out of heap: names it in the log, and keeps it within its budget. One worker at a time. */
final class LastHeaps {

    private static final Logger log = LoggerFactory.getLogger(LastHeaps.class);
    private static final int MEBIBYTE = 1 << 20;

    private final HeapDumps dumps;
    private final long budget;

    private LastHeaps(Path directory, long budget) {
        this.dumps = new HeapDumps(directory);
        this.budget = budget;
    }

    static Optional<LastHeaps> of(HeapDumpRules rules) {
        return rules.directory().map(directory -> new LastHeaps(directory, rules.budget()));
    }

    /** A worker has ended. */
    synchronized void ended(int pid) {
        try {
            var left = dumps.of(pid);
            left.forEach(dump -> log.warn(
                    "worker (pid {}) has left its heap in {} mebibytes={}", pid, dump.file(), mebibytes(dump)));
            if (!left.isEmpty()) {
                dumps.trim(budget)
                        .forEach(dump -> log.warn(
                                "removed the heap dump {}: all together took more than the {} MiB of --heap-dump-budget mebibytes={}",
                                dump.file(),
                                budget / MEBIBYTE,
                                mebibytes(dump)));
            }
        } catch (IOException e) {
            log.warn("keeping heap dumps within their budget: {}. They stay", e.toString());
        }
    }

    private static long mebibytes(HeapDumps.Dump dump) {
        return dump.bytes() / MEBIBYTE;
    }
}
