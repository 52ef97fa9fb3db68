package dev.narwhal.master.process;

import dev.narwhal.master.posix.Fd;
import dev.narwhal.master.posix.NativeProcess;
import dev.narwhal.master.posix.Pipe;
import dev.narwhal.master.posix.SpawnRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Starts children. Any thread. */
public final class Spawner {

    /**
     * Starts a child, which runs when this returns; nothing it does is noticed, nor lost, before {@link Child#watch} is called, so the
     * caller can first make known that there is one.
     *
     * @throws IOException when it cannot be started: no such executable, no memory, too many processes; then nothing is left open
     */
    public Child spawn(Launch launch) throws IOException {
        var report = Pipe.open();
        try {
            var fds = new ArrayList<Fd>(List.of(launch.stdin(), launch.stdout(), launch.stderr()));
            fds.addAll(launch.fds().sources(report.writeEnd()));
            return new Child(
                    NativeProcess.spawn(new SpawnRequest(launch.command(), launch.environment(), fds)), report);
        } catch (IOException e) {
            report.close();
            throw new IOException("spawning %s: %s".formatted(launch.command().getFirst(), e.getMessage()), e);
        } catch (RuntimeException e) {
            report.close();
            throw e;
        }
    }
}
