package dev.narwhal.master.cli;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.master.control.ControlClient;
import dev.narwhal.master.observe.ServerStatus;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * {@code narwhal ctl upgrade --wait}: asks one master for an upgrade and then both, since in the end the first one answers no more. The new one is known
 * by its pid, on the same path if the operator has named one, else on a path with its pid.
 */
final class UpgradeWait {

    private static final int POLL_MILLIS = 100;
    private static final int ACCEPTED = 202;

    /** From the moment when the old master lets go of its socket. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path socket;
    private final PrintStream out;
    private final PrintStream err;

    UpgradeWait(Path socket, PrintStream out, PrintStream err) {
        this.socket = socket;
        this.out = out;
        this.err = err;
    }

    ExitCode run() throws IOException, InterruptedException {
        var old = new ControlClient(socket);
        var before = status(old);
        var reply = old.ask("POST", "/upgrade");
        if (reply.status() != ACCEPTED) {
            throw new IOException("asking for upgrade: the server answered " + reply.status() + " "
                    + reply.body().strip());
        }
        // One that goes on already is not counted again.
        int attempts = before.upgrade().attempts() + (goesOn(before.upgrade()) ? 0 : 1);
        int successor = before.upgrade().pid();
        long lost = 0;
        while (true) {
            try {
                var status = status(old);
                if (status.pid() != before.pid()) {
                    return serves(status);
                }
                var upgrade = status.upgrade();
                if (upgrade.attempts() >= attempts && upgrade.phase().equals("failed")) {
                    err.println("narwhal: upgrading: " + upgrade.reason() + ". The master with pid " + before.pid()
                            + " goes on serving");
                    return ExitCode.of(upgrade.exitCode()).orElse(ExitCode.BOOT);
                }
                successor = upgrade.pid() == 0 ? successor : upgrade.pid();
            } catch (IOException e) {
                lost = lost == 0 ? System.nanoTime() : lost;
                var there = socket.resolveSibling(successor + ".sock");
                try {
                    return serves(status(new ControlClient(there)));
                } catch (IOException unreachable) {
                    if (System.nanoTime() - lost > PATIENCE.toNanos()) {
                        e.addSuppressed(unreachable);
                        throw e;
                    }
                }
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private ExitCode serves(ServerStatus status) {
        out.println("the new master serves, pid " + status.pid());
        return ExitCode.OK;
    }

    private static boolean goesOn(ServerStatus.Upgrade upgrade) {
        return switch (upgrade.phase()) {
            case "none", "failed" -> false;
            default -> true;
        };
    }

    private ServerStatus status(ControlClient server) throws IOException {
        return server.read("/status", ServerStatus.class);
    }
}
