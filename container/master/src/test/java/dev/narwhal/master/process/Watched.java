package dev.narwhal.master.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;

/** A child and what it tells, in the order it came; killed at the end of the test if it still runs. */
final class Watched implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final Child child;
    private final LinkedBlockingQueue<Object> events = new LinkedBlockingQueue<>();

    private Watched(Child child) {
        this.child = child;
        child.watch(events::add, events::add);
    }

    static Watched spawn(Launch launch) throws IOException {
        return new Watched(new Spawner().spawn(launch));
    }

    Child child() {
        return child;
    }

    /** The next line or exit status. */
    Object next() throws InterruptedException {
        var event = events.poll(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        return event == null ? Assertions.fail("nothing from pid %s in %s", child.pid(), DEADLINE) : event;
    }

    /** All further events; the last is the exit status. */
    List<Object> rest() throws InterruptedException {
        var rest = new ArrayList<>();
        do {
            rest.add(next());
        } while (!(rest.getLast() instanceof ExitStatus));
        return rest;
    }

    @Override
    public void close() {
        child.signal(dev.narwhal.master.posix.Signal.KILL);
    }
}
