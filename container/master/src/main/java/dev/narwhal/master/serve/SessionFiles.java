package dev.narwhal.master.serve;

import dev.narwhal.contract.WorkerSpec;
import dev.narwhal.master.config.Config;
import dev.narwhal.master.config.Machine;
import dev.narwhal.master.config.SessionStorage;
import dev.narwhal.master.process.SessionDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the workers of this master find their sessions, for as long as it lives. */
final class SessionFiles implements Closeable {

    private static final long MIB = 1 << 20;
    /** What sessions in memory may take of it. */
    private static final int MEMORY_PART = 4;

    private static final long LEAST_BYTES = 64 * MIB;
    /** On disk the file takes what it needs; this much of the address space is set aside for it. */
    private static final long DISK_BYTES = 64 * 1024 * MIB;

    private static final Logger log = LoggerFactory.getLogger(SessionFiles.class);

    private final SessionStorage storage;
    private final Optional<SessionDirectory> directory;
    private final long bytes;
    private final Optional<Path> passwordFile;

    private SessionFiles(
            SessionStorage storage, Optional<SessionDirectory> directory, long bytes, Optional<Path> passwordFile) {
        this.storage = storage;
        this.directory = directory;
        this.bytes = bytes;
        this.passwordFile = passwordFile;
    }

    static SessionFiles open(Config config, Machine machine) throws IOException {
        return switch (config.sessions()) {
            case SessionStorage.Redis _ ->
                new SessionFiles(config.sessions(), Optional.empty(), 0, config.sessionPasswordFile());
            case SessionStorage.Local.MEMORY ->
                new SessionFiles(config.sessions(), Optional.empty(), 0, Optional.empty());
            case SessionStorage.Local.LMDB -> {
                var given = config.sessionDirectory();
                var directory = given.isPresent() ? SessionDirectory.at(given.get()) : SessionDirectory.inMemory();
                log.debug("sessions are in {}", directory.path());
                yield new SessionFiles(
                        config.sessions(),
                        Optional.of(directory),
                        given.isPresent() ? DISK_BYTES : memoryPart(machine.memoryBytes()),
                        Optional.empty());
            }
        };
    }

    private static long memoryPart(long memory) {
        return Math.max(LEAST_BYTES, memory / MEMORY_PART / MIB * MIB);
    }

    /** @param alone whether only one worker is to use them */
    WorkerSpec.Sessions spec(boolean alone) {
        var url =
                storage instanceof SessionStorage.Redis(var at) ? Optional.of(at.toString()) : Optional.<String>empty();
        return new WorkerSpec.Sessions(
                storage.label(), directory.map(SessionDirectory::path), bytes, alone, url, passwordFile);
    }

    @Override
    public void close() throws IOException {
        if (directory.isPresent()) {
            directory.get().close();
        }
    }
}
