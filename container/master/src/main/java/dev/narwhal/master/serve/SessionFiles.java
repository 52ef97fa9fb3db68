package dev.narwhal.master.serve;

import dev.narwhal.contract.FileError;
import dev.narwhal.contract.RedisUrl;
import dev.narwhal.contract.WorkerSpec;
import dev.narwhal.master.config.Config;
import dev.narwhal.master.config.Machine;
import dev.narwhal.master.config.SessionStorage;
import dev.narwhal.master.posix.Fd;
import dev.narwhal.master.process.SessionDirectory;
import dev.narwhal.master.process.SharedMemory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
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
    private final Optional<SharedMemory> password;

    private SessionFiles(
            SessionStorage storage, Optional<SessionDirectory> directory, long bytes, Optional<SharedMemory> password) {
        this.storage = storage;
        this.directory = directory;
        this.bytes = bytes;
        this.password = password;
    }

    /**
     * Opens what the configuration names.
     *
     * @param used where the master has its sessions whose place this one takes
     */
    static SessionFiles open(Config config, Machine machine, Optional<Inheritance.Sessions> used) throws IOException {
        return switch (config.sessions()) {
            case SessionStorage.Redis(var url) ->
                new SessionFiles(config.sessions(), Optional.empty(), 0, hidden(password(config, url)));
            case SessionStorage.Local.MEMORY ->
                new SessionFiles(config.sessions(), Optional.empty(), 0, Optional.empty());
            case SessionStorage.Local.LMDB -> {
                var given = config.sessionDirectory();
                var directory = directory(given, used);
                log.debug("sessions are in {}", directory.path());
                yield new SessionFiles(
                        config.sessions(),
                        Optional.of(directory),
                        given.isPresent() ? DISK_BYTES : memoryPart(machine.memoryBytes()),
                        Optional.empty());
            }
        };
    }

    /** Sessions go on where the configuration still has them in the same place. */
    private static SessionDirectory directory(Optional<Path> given, Optional<Inheritance.Sessions> used)
            throws IOException {
        if (given.isEmpty()) {
            return used.isPresent() && used.get().temporary()
                    ? SessionDirectory.shared(Path.of(used.get().directory()), true)
                    : SessionDirectory.inMemory();
        }
        return used.map(Inheritance.Sessions::directory).equals(given.map(Path::toString))
                ? SessionDirectory.shared(given.get(), false)
                : SessionDirectory.at(given.get());
    }

    /** For the master that takes the place of this one: where sessions on this machine are. */
    Optional<Inheritance.Sessions> bequest() {
        return directory.map(there -> new Inheritance.Sessions(there.path().toString(), there.temporary()));
    }

    private static Optional<String> password(Config config, RedisUrl url) throws IOException {
        if (config.sessionPassword().isEmpty()) {
            return url.password();
        }
        var file = config.sessionPassword().get();
        try (var lines = Files.newBufferedReader(file)) {
            return Optional.ofNullable(lines.readLine());
        } catch (IOException e) {
            throw new IOException(
                    "reading the password from %s: %s. Give a --session-password-file that can be read."
                            .formatted(file, FileError.words(e)),
                    e);
        }
    }

    /** On a command line or in the environment others could see it. */
    private static Optional<SharedMemory> hidden(Optional<String> password) throws IOException {
        return password.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        SharedMemory.holding("narwhal-password", password.get().getBytes(StandardCharsets.UTF_8)));
    }

    private static long memoryPart(long memory) {
        return Math.max(LEAST_BYTES, memory / MEMORY_PART / MIB * MIB);
    }

    /** What the workers inherit to read the password from, if there is one. */
    Optional<Fd> password() {
        return password.map(SharedMemory::fd);
    }

    /**
     * @param alone whether only one worker is to use them
     * @param passwordNumber of the password's file descriptor in a worker
     */
    WorkerSpec.Sessions spec(boolean alone, OptionalInt passwordNumber) {
        var redis = storage instanceof SessionStorage.Redis(var url)
                ? Optional.of(url.withPassword(Optional.empty()))
                : Optional.<RedisUrl>empty();
        return new WorkerSpec.Sessions(
                storage.label(), directory.map(SessionDirectory::path), bytes, alone, redis, passwordNumber);
    }

    @Override
    public void close() throws IOException {
        password.ifPresent(SharedMemory::close);
        if (directory.isPresent()) {
            directory.get().close();
        }
    }
}
