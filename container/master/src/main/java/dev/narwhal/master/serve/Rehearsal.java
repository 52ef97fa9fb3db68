package dev.narwhal.master.serve;

import dev.narwhal.contract.PrepareMessage;
import dev.narwhal.contract.PrepareSpec;
import dev.narwhal.contract.Scoreboard;
import dev.narwhal.contract.WorkerMessage;
import dev.narwhal.contract.WorkerSpec;
import dev.narwhal.master.config.Bind;
import dev.narwhal.master.config.Plan;
import dev.narwhal.master.listen.ListenException;
import dev.narwhal.master.listen.ListenerSet;
import dev.narwhal.master.posix.Signal;
import dev.narwhal.master.process.AotCache;
import dev.narwhal.master.process.Child;
import dev.narwhal.master.process.ChildFds;
import dev.narwhal.master.process.ExitStatus;
import dev.narwhal.master.process.SharedMemory;
import dev.narwhal.master.process.Spawner;
import java.io.Closeable;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the AOT cache when there is none yet, once all workers serve: a worker of its own serves a small application to this class, on a
 * port that nobody knows, and writes down what it does; a second child turns that into the cache. Workers that are spawned later boot
 * in half the time.
 *
 * <p>On a thread of its own. Only one master at a time does it for one cache; whatever goes wrong is logged at level debug and costs nothing
 * but the cache.
 */
final class Rehearsal implements Closeable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int REQUESTS = 500;
    private static final List<String> NAMES = List.of("", "index.html", "missing");

    private static final Logger log = LoggerFactory.getLogger(Rehearsal.class);

    private final Installation installation;
    private final Children children;
    private final Spawner spawner = new Spawner();
    private boolean started;
    private boolean closed; // guarded by this
    private @Nullable Child child; // guarded by this

    Rehearsal(Installation installation, Children children) {
        this.installation = installation;
        this.children = children;
    }

    /** Returns at once. On the arbiter's thread. */
    void start(Plan plan) {
        if (!started) {
            started = true;
            Thread.ofPlatform().daemon().name("rehearsal").start(() -> run(plan));
        }
    }

    /** Ends what is going on. */
    @Override
    public synchronized void close() {
        closed = true;
        if (child != null) {
            child.signal(Signal.KILL);
        }
    }

    private void run(Plan plan) {
        var wanted = children.command().aotCache(plan.jvmShareFlags());
        if (wanted.isEmpty()) {
            return;
        }
        var cache = wanted.get();
        try {
            if (cache.exists()) {
                log.debug("there is an AOT cache for the workers: {}", cache.file());
                cache.keep(Instant.now());
                return;
            }
            Files.createDirectories(cache.file().getParent());
            try (var file = FileChannel.open(
                            beside(cache, ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = tryLock(file)) {
                if (lock != null && !cache.exists()) {
                    make(plan, cache);
                }
            }
        } catch (IOException | RuntimeException e) {
            log.debug("making the AOT cache {}: {}", cache.file(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    private static Path beside(AotCache cache, String ending) {
        return cache.file().resolveSibling(cache.file().getFileName() + ending);
    }

    private void make(Plan plan, AotCache cache) throws IOException, InterruptedException {
        var start = System.nanoTime();
        var record = beside(cache, ".record");
        var result = beside(cache, ".new");
        // What the JVMs print about their work; nobody reads it.
        try (var output = SharedMemory.create("narwhal-rehearsal-output", 0)) {
            perform(plan, prepare(output), cache, record, output);
            var assembling = children.command().assembling(plan.jvmShareFlags(), cache, record, result);
            succeed(spawn(assembling, ChildFds.reportOnly(), output, _ -> {}));
            Files.move(result, cache.file(), StandardCopyOption.ATOMIC_MOVE);
            cache.keep(Instant.now());
            log.debug("made the AOT cache {} in {} ms", cache.file(), (System.nanoTime() - start) / 1_000_000);
        } finally {
            Files.deleteIfExists(record);
            Files.deleteIfExists(result);
        }
    }

    private WorkerSpec.App prepare(SharedMemory output) throws IOException, InterruptedException {
        var spec = new PrepareSpec(
                List.of(new PrepareSpec.War(installation.rehearsal(), "")),
                installation.cache(),
                false,
                ChildFds.reportOnly().report(),
                "error",
                List.of(),
                List.of());
        var prepared = new CompletableFuture<WorkerSpec.App>();
        succeed(spawn(children.command().prepare(spec, Preparation.JVM_FLAGS), ChildFds.reportOnly(), output, line -> {
            if (PrepareMessage.parse(line) instanceof PrepareMessage.Prepared(var war)) {
                prepared.complete(new WorkerSpec.App("", war.directory()));
            }
        }));
        return await(prepared);
    }

    /** A worker's life: boot, some requests, drain. */
    private void perform(Plan plan, WorkerSpec.App app, AotCache cache, Path record, SharedMemory output)
            throws IOException, InterruptedException {
        try (var listeners = ListenerSet.bind(List.of(new Bind("127.0.0.1", 0)), 8, false);
                var memory = SharedMemory.create("narwhal-rehearsal", Scoreboard.bytes(1))) {
            var fds = new ChildFds(listeners.fds(), Optional.of(memory.fd()), Optional.empty());
            var spec = new WorkerSpec(
                    0,
                    1,
                    1,
                    List.of(new WorkerSpec.Listener(
                            fds.listener(0), listeners.listeners().getFirst().bind(), false)),
                    fds.report(),
                    fds.scoreboardNumber(),
                    plan.dispatch(),
                    plan.threads(),
                    plan.maxInflight(),
                    PATIENCE,
                    PATIENCE,
                    PATIENCE,
                    WorkerSpec.Wear.NONE,
                    WorkerSpec.Limits.DEFAULT,
                    Optional.empty(),
                    WorkerSpec.Security.NONE,
                    "error",
                    new WorkerSpec.Sessions("memory", Optional.empty(), 0, true),
                    WorkerSpec.SessionRules.DEFAULT,
                    List.of(app),
                    List.of(),
                    OptionalInt.empty(),
                    List.of(),
                    Optional.empty());
            var ready = new CompletableFuture<Boolean>();
            var worker = spawn(
                    children.command().recording(spec, plan.jvmShareFlags(), cache, record),
                    fds,
                    output,
                    line -> ready.complete(WorkerMessage.parse(line) instanceof WorkerMessage.Ready));
            var _ = worker.exited().thenRun(() -> ready.complete(false));
            if (await(ready)) {
                request(listeners.listeners().getFirst().url());
                worker.child().signal(Signal.TERM);
            }
            succeed(worker);
        } catch (ListenException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void request(URI url) throws IOException {
        for (int i = 0; i < REQUESTS; i++) {
            var connection =
                    url.resolve("/" + NAMES.get(i % NAMES.size())).toURL().openConnection();
            connection.setReadTimeout((int) PATIENCE.toMillis());
            if (connection instanceof HttpURLConnection http) {
                http.getResponseCode();
                try (var body = http.getErrorStream() != null ? http.getErrorStream() : http.getInputStream()) {
                    body.readAllBytes();
                }
            }
        }
    }

    private record Spawned(Child child, CompletableFuture<ExitStatus> exited) {}

    private Spawned spawn(List<String> command, ChildFds fds, SharedMemory output, Consumer<String> lines)
            throws IOException {
        var exited = new CompletableFuture<ExitStatus>();
        synchronized (this) {
            if (closed) {
                throw new IOException("the server stops");
            }
            child = spawner.spawn(children.launch(command, fds).withOutput(output.fd()));
            child.watch(lines, exited::complete);
            return new Spawned(child, exited);
        }
    }

    private void succeed(Spawned spawned) throws IOException, InterruptedException {
        try {
            var status = await(spawned.exited());
            if (!(status instanceof ExitStatus.Exited(int code) && code == 0)) {
                throw new IOException("a child ended with " + status);
            }
        } finally {
            spawned.child().signal(Signal.KILL);
        }
    }

    private static <T> T await(CompletableFuture<T> future) throws IOException, InterruptedException {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("nothing after " + PATIENCE.toSeconds() + " s", e);
        }
    }
}
