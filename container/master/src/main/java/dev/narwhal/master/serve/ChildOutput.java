package dev.narwhal.master.serve;

import dev.narwhal.contract.WorkerMessage;
import dev.narwhal.master.config.OutputRules;
import dev.narwhal.master.output.Crashes;
import dev.narwhal.master.output.Printer;
import dev.narwhal.master.output.WorkerOutput;
import dev.narwhal.master.process.Child;
import dev.narwhal.master.process.ExitStatus;
import dev.narwhal.master.process.Launch;
import dev.narwhal.master.process.Spawner;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What one worker prints, from its start to what is kept of it when it has crashed. After the start, on the thread that watches the worker. */
final class ChildOutput {

    /** The last lines of a dead worker are in a pipe and only have to be read; another process may hold it open. */
    private static final Duration LAST_LINES = Duration.ofSeconds(1);

    /** As asked, or after HUP, INT or TERM, for which a JVM exits with 128 + the number. */
    private static final Set<Integer> ORDERLY = Set.of(0, 128 + 1, 128 + 2, 128 + 15);

    private final OutputRules rules;
    private final Crashes crashes;
    private final int slot;
    private Optional<WorkerOutput> captured = Optional.empty();
    private boolean explained;

    ChildOutput(OutputRules rules, Crashes crashes, int slot) {
        this.rules = rules;
        this.crashes = crashes;
        this.slot = slot;
    }

    /**
     * Starts the worker.
     *
     * @throws IOException as {@link Spawner#spawn}
     */
    Child spawn(Spawner spawner, Launch launch) throws IOException {
        crashes.create();
        if (!rules.captured()) {
            return spawner.spawn(launch);
        }
        var output = WorkerOutput.open();
        captured = Optional.of(output);
        try {
            var child = spawner.spawn(launch.with(output.output(), output.error()));
            output.follow(rules.format(), Printer.worker(slot, child.pid().value()));
            return child;
        } catch (IOException e) {
            output.close();
            throw e;
        }
    }

    /** A worker that says why it fails has not crashed. */
    WorkerMessage heard(WorkerMessage message) {
        explained |= message instanceof WorkerMessage.Failed;
        return message;
    }

    /** So that the log has the last lines before the end, and the files of a crash are there when it tells of it. */
    void ended(int pid, ExitStatus status) {
        captured.ifPresent(output -> output.awaitEnd(LAST_LINES));
        boolean crashed = switch (status) {
            case ExitStatus.Exited(int code) -> !ORDERLY.contains(code) && !explained;
            case ExitStatus.Signalled _ -> true;
        };
        if (crashed) {
            crashes.keep(slot, pid, captured.map(WorkerOutput::lastWords).orElse(new byte[0]));
        }
    }
}
