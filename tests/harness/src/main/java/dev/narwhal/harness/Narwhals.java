package dev.narwhal.harness;

import java.util.ArrayList;
import java.util.List;

/**
 * The servers of one test, or of one test class: a parameter that {@link NarwhalExtension} supplies and closes, which
 * includes the check that nothing of them is left.
 */
public final class Narwhals implements AutoCloseable {

    private final List<RunningNarwhal> started = new ArrayList<>();

    Narwhals() {}

    /** Starts {@code narwhal run} and returns when it serves. */
    public RunningNarwhal start(Object... arguments) {
        return startLaunch(Launch.run(arguments));
    }

    /** As {@link #start}, for a command line that needs more than arguments. */
    public RunningNarwhal startLaunch(Launch launch) {
        return begin(launch).awaitReady();
    }

    /** Starts a server that may never be ready. */
    public synchronized RunningNarwhal begin(Launch launch) {
        var narwhal = launch.start();
        started.add(narwhal);
        return narwhal;
    }

    /** What the servers have said. */
    synchronized String logs() {
        var text = new StringBuilder();
        started.forEach(narwhal -> text.append("---- log of ")
                .append(narwhal)
                .append('\n')
                .append(narwhal.log().text())
                .append('\n'));
        return text.toString();
    }

    @Override
    public synchronized void close() {
        AssertionError first = null;
        for (var narwhal : started.reversed()) {
            try {
                narwhal.close();
            } catch (AssertionError e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        started.clear();
        if (first != null) {
            throw first;
        }
    }
}
