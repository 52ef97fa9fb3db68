package dev.narwhal.master.cli;

import dev.narwhal.master.observe.Live;
import dev.narwhal.master.observe.Rates;
import dev.narwhal.master.observe.ServerStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What {@code narwhal top} shows: lines of text, for a terminal of any kind or none.
 *
 * @param selected the slot of the worker that keys are about; -1 for none
 */
record TopScreen(Live now, Rates rates, int selected) {

    List<String> lines() {
        var status = now.status();
        var lines = new ArrayList<String>();
        lines.add(String.format(
                Locale.ROOT,
                "narwhal %s pid %d, %s for %d s, %d of %d workers ready, release %d %s",
                status.version(),
                status.pid(),
                status.mode(),
                status.uptimeSeconds(),
                status.ready(),
                status.target(),
                status.release().serving(),
                status.release().phase()));
        lines.add(String.format(
                Locale.ROOT,
                "requests %.1f/s, errors %.1f/s, in flight %d, busy threads %d, waiting to be accepted %d",
                rates.requests(),
                rates.errors(),
                status.workers().stream()
                        .mapToInt(ServerStatus.Worker::inFlight)
                        .sum(),
                status.workers().stream()
                        .mapToInt(ServerStatus.Worker::busyThreads)
                        .sum(),
                now.listeners().stream()
                        .mapToInt(ServerStatus.Listening::queued)
                        .sum()));
        lines.add("latency " + millis(rates.median()) + " median, " + millis(rates.most95()) + " 95 %, "
                + millis(rates.most99()) + " 99 %; pauses "
                + String.format(Locale.ROOT, "%.1f ms/s", rates.pauseMillis()));
        lines.add("");
        lines.add("  " + WorkerTable.HEADINGS);
        status.workers()
                .forEach(worker -> lines.add((worker.slot() == selected ? "> " : "  ") + WorkerTable.line(worker)));
        lines.add("");
        lines.add(String.format(Locale.ROOT, "  %4s %8s %10s %-7s %s", "SLOT", "PID", "AGE", "METHOD", "PATH"));
        for (var request : now.requests()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %4d %8d %7d ms %-7s %s",
                    request.slot(),
                    request.pid(),
                    request.ageMillis(),
                    request.method(),
                    request.path()));
        }
        return lines;
    }

    private static String millis(OptionalDouble value) {
        return value.isEmpty() ? "-" : String.format(Locale.ROOT, "%.1f ms", value.getAsDouble());
    }
}
