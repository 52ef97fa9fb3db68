package dev.narwhal.worker;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.ResourceSpec;
import dev.narwhal.contract.Scoreboard;
import dev.narwhal.contract.ScoreboardSlot;
import dev.narwhal.contract.WorkerMessage;
import dev.narwhal.contract.WorkerSpec;
import dev.narwhal.worker.engine.DeploymentException;
import dev.narwhal.worker.engine.Engine;
import dev.narwhal.worker.engine.EngineProvider;
import dev.narwhal.worker.engine.EngineSetup;
import dev.narwhal.worker.engine.LoadedApp;
import dev.narwhal.worker.feature.Candidate;
import dev.narwhal.worker.feature.Contribution;
import dev.narwhal.worker.feature.Feature;
import dev.narwhal.worker.feature.ServerResources;
import dev.narwhal.worker.inherit.InheritedSocket;
import dev.narwhal.worker.observe.Heartbeat;
import dev.narwhal.worker.observe.Lead;
import dev.narwhal.worker.observe.RequestLog;
import dev.narwhal.worker.observe.VmWatch;
import dev.narwhal.worker.observe.Wear;
import dev.narwhal.worker.security.FileRealm;
import dev.narwhal.worker.security.Realm;
import dev.narwhal.worker.security.Realms;
import dev.narwhal.worker.security.TlsContext;
import dev.narwhal.worker.session.CountedStore;
import dev.narwhal.worker.session.SessionStore;
import dev.narwhal.worker.war.InUse;
import dev.narwhal.worker.war.PreparedApp;
import dev.narwhal.worker.war.SharedLibraries;
import dev.narwhal.worker.war.WarException;
import dev.narwhal.worker.war.WebAppClassLoader;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** A worker's life: deploy, report ready, serve until told otherwise, drain, end. */
final class Worker {

    /** How long a worker without a master finishes what is in flight. */
    private static final Duration ORPHAN_GRACE = Duration.ofSeconds(3);

    private final WorkerSpec spec;
    private final Orders orders;
    private final Report report;
    private final List<InUse> held = new ArrayList<>();

    Worker(WorkerSpec spec, Orders orders, Report report) {
        this.spec = spec;
        this.orders = orders;
        this.report = report;
    }

    ExitCode run() throws WorkerFailure, InterruptedException {
        try (var temporary = TemporaryDirectory.create(spec.slot())) {
            // Never unmapped: the heartbeat goes on until the process ends.
            var scoreboard = Scoreboard.map(Path.of("/proc/self/fd/" + spec.scoreboard()), spec.slots());
            var slot = scoreboard.slot(spec.slot());
            slot.pid((int) ProcessHandle.current().pid());
            slot.permits(spec.permits());
            Heartbeat.start(slot);
            VmWatch.start(slot);
            var lead = Lead.start(scoreboard);
            var requestLog = openRequestLog();
            var watch = BootWatch.start(spec.bootTimeout());
            try (var sessions = OpeningStore.start(spec.sessions());
                    var engine = deploy(scoreboard, lead, temporary, requestLog, sessions)) {
                warmUp(engine);
                engine.open();
                slot.state(ScoreboardSlot.State.READY);
                watch.ready();
                report.send(new WorkerMessage.Ready());
                Wear.watch(
                        spec.wear(),
                        slot,
                        reason -> report.send(new WorkerMessage.Worn(reason)),
                        reason -> report.send(new WorkerMessage.Excess(reason)));
                serve(engine, slot, requestLog);
            }
            return ExitCode.OK;
        } catch (IOException e) {
            throw new WorkerFailure(ExitCode.BOOT, "starting a worker: " + e.getMessage(), e);
        }
    }

    /** What fails here fails the worker: nobody was served yet. */
    private void warmUp(Engine engine) throws WorkerFailure {
        try {
            engine.warmUp(spec.warmup(), spec.bootTimeout().dividedBy(2));
        } catch (DeploymentException e) {
            throw new WorkerFailure(ExitCode.DEPLOY, String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<RequestLog> openRequestLog() throws WorkerFailure {
        if (spec.accessLog().isEmpty()) {
            return Optional.empty();
        }
        var where = spec.accessLog().get();
        try {
            return Optional.of(new RequestLog(where));
        } catch (IOException e) {
            throw new WorkerFailure(
                    ExitCode.BOOT,
                    "opening the access log %s: %s. Choose another --access-logfile, or - for standard output."
                            .formatted(where.target(), e.getMessage()),
                    e);
        }
    }

    private Realms realms() throws WorkerFailure {
        return new Realms(usersOfFile(), spec.security().database());
    }

    private Realm usersOfFile() throws WorkerFailure {
        if (spec.security().users().isEmpty()) {
            return Realm.NOBODY;
        }
        var users = spec.security().users().get();
        try {
            return FileRealm.read(users);
        } catch (IOException e) {
            throw new WorkerFailure(ExitCode.BOOT, "reading the users of %s: %s".formatted(users, e.getMessage()), e);
        }
    }

    private Optional<SSLContext> tls() throws IOException {
        return spec.security().tls().isEmpty()
                ? Optional.empty()
                : Optional.of(TlsContext.of(spec.security().tls().get()));
    }

    private Engine deploy(
            Scoreboard scoreboard,
            Lead lead,
            TemporaryDirectory temporary,
            Optional<RequestLog> requestLog,
            OpeningStore sessions)
            throws WorkerFailure, IOException, InterruptedException {
        var provider = ServiceLoader.load(EngineProvider.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no engine on the class path of the worker"));
        try {
            var resources = resources();
            var libraries = SharedLibraries.load(spec.libraries(), Worker.class.getClassLoader());
            hold();
            var apps = new ArrayList<LoadedApp>();
            for (var app : spec.apps()) {
                apps.add(load(app, temporary.next(), libraries, resources, lead));
            }
            return provider.deploy(new EngineSetup(
                    spec,
                    scoreboard,
                    sockets(),
                    apps,
                    realms(),
                    tls(),
                    requestLog,
                    counted(scoreboard, sessions),
                    reason -> report.send(new WorkerMessage.Stuck(reason))));
        } catch (WarException e) {
            throw new WorkerFailure(e.exitCode(), String.valueOf(e.getMessage()), e);
        } catch (DeploymentException e) {
            throw new WorkerFailure(ExitCode.DEPLOY, String.valueOf(e.getMessage()), e);
        }
    }

    private SessionStore counted(Scoreboard scoreboard, OpeningStore sessions)
            throws WorkerFailure, InterruptedException {
        return new CountedStore(sessions.await(), scoreboard.slot(spec.slot()).sessions());
    }

    /**
     * Keeps what is served from being deleted until the process ends. What the server brings itself is not in the cache; a WAR at two paths is
     * there once.
     */
    private void hold() throws IOException {
        var directories = new LinkedHashSet<Path>();
        spec.apps().forEach(app -> directories.add(app.prepared()));
        for (var prepared : directories) {
            if (InUse.last(prepared).isPresent()) {
                held.add(InUse.hold(prepared));
            }
        }
    }

    private List<ResourceSpec> resources() throws IOException {
        return spec.resources().isEmpty()
                ? List.of()
                : ResourceSpec.parse(Files.readString(
                        Path.of("/proc/self/fd/" + spec.resources().getAsInt())));
    }

    private static LoadedApp load(
            WorkerSpec.App app,
            Path temporary,
            Optional<WebAppClassLoader> libraries,
            List<ResourceSpec> resources,
            Lead lead)
            throws WarException {
        var prepared = PreparedApp.load(app.prepared());
        var classLoader = prepared.classLoader(Worker.class.getClassLoader(), libraries);
        var candidate =
                new Candidate(prepared, classLoader, temporary, new ServerResources(app.contextPath(), resources));
        return new LoadedApp(
                app.contextPath(), prepared.webApp(), classLoader, temporary, contributions(candidate, lead));
    }

    private static List<Contribution> contributions(Candidate candidate, Lead lead) throws WarException {
        var features = ServiceLoader.load(Feature.class, Worker.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        var contributions = new ArrayList<Contribution>();
        contributions.add(Contribution.ofAttribute(Lead.ATTRIBUTE, lead));
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(candidate.classLoader());
        try {
            for (var feature : features) {
                contributions.add(feature.contribute(candidate));
            }
        } finally {
            thread.setContextClassLoader(before);
        }
        return contributions;
    }

    private List<ServerSocketChannel> sockets() throws IOException {
        var sockets = new ArrayList<ServerSocketChannel>();
        for (var listener : spec.listeners()) {
            sockets.add(InheritedSocket.adopt(listener));
        }
        return sockets;
    }

    private void serve(Engine engine, ScoreboardSlot slot, Optional<RequestLog> requestLog)
            throws InterruptedException {
        while (true) {
            switch (orders.await()) {
                case REOPEN_LOGS -> requestLog.ifPresent(RequestLog::reopen);
                case PAUSE -> {
                    slot.state(ScoreboardSlot.State.PAUSED);
                    engine.pause();
                }
                case RESUME -> {
                    engine.resume();
                    slot.state(ScoreboardSlot.State.READY);
                }
                case DRAIN -> {
                    slot.state(ScoreboardSlot.State.DRAINING);
                    report.send(new WorkerMessage.Draining(slot.inFlight(), slot.connections()));
                    awaitDrained(engine, engine.drain(), requestLog);
                    return;
                }
                case DRAINED -> throw new IllegalStateException("drained without an order to");
                case ORPHANED -> {
                    slot.state(ScoreboardSlot.State.DRAINING);
                    engine.closeListeners();
                    awaitQuietly(engine.drain(), ORPHAN_GRACE);
                    return;
                }
            }
        }
    }

    /** While draining, the master's end still cuts things short; the master's kill is what ends a drain that takes too long. */
    private void awaitDrained(Engine engine, CompletableFuture<Void> drained, Optional<RequestLog> requestLog)
            throws InterruptedException {
        var _ = drained.thenRun(orders::drained);
        while (true) {
            switch (orders.await()) {
                case DRAINED -> {
                    return;
                }
                case REOPEN_LOGS -> requestLog.ifPresent(RequestLog::reopen);
                case DRAIN, PAUSE, RESUME -> {}
                case ORPHANED -> {
                    engine.closeListeners();
                    awaitQuietly(drained, ORPHAN_GRACE);
                    return;
                }
            }
        }
    }

    private static void awaitQuietly(CompletableFuture<Void> future, Duration most) {
        future.completeOnTimeout(null, most.toMillis(), TimeUnit.MILLISECONDS).join();
    }
}
