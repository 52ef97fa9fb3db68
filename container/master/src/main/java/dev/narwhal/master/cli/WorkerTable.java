package dev.narwhal.master.cli;

import dev.narwhal.master.observe.ServerStatus;
import java.util.Locale;

/** Workers as a table: a line for each, below that of the headings. */
final class WorkerTable {

    static final String HEADINGS = String.format(
            Locale.ROOT,
            "%4s %8s %10s %-10s %8s %9s %7s %11s %10s %9s %9s",
            "SLOT",
            "PID",
            "GENERATION",
            "STATE",
            "AGE",
            "IN-FLIGHT",
            "THREADS",
            "CONNECTIONS",
            "REQUESTS",
            "RESIDENT",
            "HEAP");

    private static final int MEBIBYTE = 1 << 20;

    private WorkerTable() {}

    static String line(ServerStatus.Worker worker) {
        return String.format(
                Locale.ROOT,
                "%4d %8s %10d %-10s %6d s %9d %7d %11d %10d %5d MiB %5d MiB%s",
                worker.slot(),
                worker.pid() == 0 ? "-" : Integer.toString(worker.pid()),
                worker.generation(),
                worker.state(),
                worker.ageSeconds(),
                worker.inFlight(),
                worker.busyThreads(),
                worker.connections(),
                worker.requests(),
                worker.residentBytes() / MEBIBYTE,
                worker.heapBytes() / MEBIBYTE,
                worker.leader() ? " leader" : "");
    }
}
