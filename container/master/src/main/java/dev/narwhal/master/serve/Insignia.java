package dev.narwhal.master.serve;

import dev.narwhal.master.config.Config;
import dev.narwhal.master.control.Orders;
import dev.narwhal.master.observe.Observer;
import dev.narwhal.master.process.Pid;
import dev.narwhal.master.process.PidFile;
import dev.narwhal.master.systemd.Systemd;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * By what the world knows the master of a server, and of which there is one each: pid file, control socket, ops address, systemd's ear. While one master takes
 * the place of another, they are first the one's and then the other's. Any thread.
 */
final class Insignia implements Closeable {

    private final Config config;
    private final Map<String, String> environment;
    private final Pid pid;
    private final Systemd systemd;
    private @Nullable PidFile pidFile;
    private @Nullable Doors doors;

    Insignia(Config config, Map<String, String> environment, Pid pid) {
        this.config = config;
        this.environment = environment;
        this.pid = pid;
        systemd = Systemd.of(environment, pid.value());
    }

    Systemd systemd() {
        return systemd;
    }

    /**
     * Writes the pid file, if one is configured.
     *
     * @throws IOException with a sentence for the operator
     */
    synchronized void claimPidFile() throws IOException {
        if (config.pidFile().isPresent()) {
            pidFile = PidFile.create(config.pidFile().get(), pid);
        }
    }

    /**
     * Opens control socket and ops address, as configured.
     *
     * @param shown the configuration that is in force when somebody asks
     * @throws IOException with a sentence for the operator
     */
    synchronized void openDoors(Observer observer, Orders orders, Supplier<String> shown) throws IOException {
        doors = Doors.open(config, environment, observer, orders, shown);
    }

    /** Closes them again, and tells the last numbers: what both look at is about to go. */
    synchronized void closeDoors() throws IOException {
        try (var _ = doors) {
            doors = null;
        }
    }

    /** Lets go of all but systemd's ear, for another master to take. */
    synchronized void handOver() throws IOException {
        try {
            closeDoors();
        } finally {
            if (pidFile != null) {
                pidFile.leave();
                pidFile = null;
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        try (systemd;
                var _ = pidFile;
                var _ = doors) {
            pidFile = null;
            doors = null;
        }
    }
}
