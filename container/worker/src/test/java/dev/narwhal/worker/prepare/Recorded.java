package dev.narwhal.worker.prepare;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A report that a test looks at afterwards. */
record Recorded(List<String> progress, List<String> warnings) implements Report {

    Recorded() {
        this(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
    }

    @Override
    public void progress(String what) {
        progress.add(what);
    }

    @Override
    public void warning(String text) {
        warnings.add(text);
    }
}
