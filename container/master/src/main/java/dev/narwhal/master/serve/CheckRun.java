package dev.narwhal.master.serve;

import dev.narwhal.contract.CheckSpec;
import dev.narwhal.contract.CheckSpec.Deployment;
import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.PrepareSpec;
import dev.narwhal.contract.ResourceSpec;
import dev.narwhal.contract.Scoreboard;
import dev.narwhal.contract.WorkerMessage;
import dev.narwhal.contract.WorkerSpec;
import dev.narwhal.master.arbiter.Event;
import dev.narwhal.master.config.Config;
import dev.narwhal.master.config.Effective;
import dev.narwhal.master.config.Loaded;
import dev.narwhal.master.config.LogLevel;
import dev.narwhal.master.config.Machine;
import dev.narwhal.master.posix.Fd;
import dev.narwhal.master.posix.Signal;
import dev.narwhal.master.process.ChildFds;
import dev.narwhal.master.process.ExitStatus;
import dev.narwhal.master.process.Lifeline;
import dev.narwhal.master.process.SharedMemory;
import dev.narwhal.master.process.Spawner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code narwhal check}: prepares an application as a server would, has a worker without any socket deploy it, and has a third child read it and
 * print what was found. On the main thread, one child after the other.
 */
final class CheckRun {

    private static final Logger log = LoggerFactory.getLogger(CheckRun.class);

    /** How long the worker may take to end, once it was ready, before it is killed; nobody waits for an answer of it. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final Sources NEVER_AGAIN = new Sources() {
        @Override
        public Loaded read(List<String> wars) {
            throw new IllegalStateException("a check has no reload");
        }

        @Override
        public void logLevel(LogLevel level) {
            throw new IllegalStateException("a check has no reload");
        }
    };

    private record Deployed(Deployment deployment, ExitCode code) {}

    private final Installation installation;
    private final Map<String, String> environment;
    private final Machine machine;
    private final Config config;

    CheckRun(Installation installation, Map<String, String> environment, Machine machine, Config config) {
        this.installation = installation;
        this.environment = environment;
        this.machine = machine;
        this.config = config;
    }

    ExitCode run(boolean json) {
        try (var lifeline = Lifeline.open()) {
            installation.requireCache();
            var children = new Children(installation.command(config.javaOpts()), environment, config.env(), lifeline);
            var once = new Rereading(config, new Effective(new LinkedHashMap<>(), ""), NEVER_AGAIN, 1);
            var events = new LinkedBlockingQueue<Event>();
            var preparation =
                    new Preparation(once, machine, installation.cache(), _ -> children, events, 2, false, _ -> {});
            preparation.start(1);
            if (events.take() instanceof Event.PrepareFailed(var _, var code, var reason, var detail)) {
                log.error("{}", reason);
                log.debug("{}", detail);
                return code;
            }
            var deployed = deploy(children, preparation.release(1));
            var found = report(children, deployed.deployment(), json);
            return deployed.code() == ExitCode.OK || found == ExitCode.BUG ? found : deployed.code();
        } catch (IOException e) {
            log.error("checking {}: {}", config.wars().getFirst().path(), e.getMessage());
            return ExitCode.SYSTEM;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.BUG;
        }
    }

    private Deployed deploy(Children children, Release release) throws IOException {
        var text = ResourceSpec.format(config.resources());
        try (var memory = SharedMemory.create("narwhal-check", Scoreboard.bytes(1));
                var resources = SharedMemory.holding("narwhal-resources", text.getBytes(StandardCharsets.UTF_8))) {
            var fds = new ChildFds(
                    List.of(),
                    Optional.of(memory.fd()),
                    config.resources().isEmpty() ? Optional.empty() : Optional.of(resources.fd()));
            var command =
                    children.command().worker(spec(release, fds), release.plan().jvmShareFlags(), List.of());
            long start = System.nanoTime();
            // What the application prints must not be taken for the report.
            var worker = new Spawner().spawn(children.launch(command, fds).withOutput(Fd.STANDARD_ERROR));
            var outcome = new CompletableFuture<Deployed>();
            var exited = new CompletableFuture<ExitStatus>();
            worker.watch(line -> said(WorkerMessage.parse(line), start, outcome), status -> {
                outcome.complete(failed("the worker ended with " + status + " before it was ready.", ExitCode.DEPLOY));
                exited.complete(status);
            });
            var deployed = outcome.completeOnTimeout(
                            failed(
                                    "the worker was not ready within "
                                            + config.bootTimeout().toSeconds() + " s (--boot-timeout).",
                                    ExitCode.BOOT),
                            config.bootTimeout().toMillis(),
                            TimeUnit.MILLISECONDS)
                    .join();
            worker.signal(Signal.TERM);
            exited.copy()
                    .orTimeout(GRACE.toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionally(_ -> {
                        worker.signal(Signal.KILL);
                        return exited.join();
                    })
                    .join();
            return deployed;
        }
    }

    private static void said(WorkerMessage message, long start, CompletableFuture<Deployed> outcome) {
        switch (message) {
            case WorkerMessage.Ready() ->
                outcome.complete(
                        new Deployed(new Deployment.Ready((System.nanoTime() - start) / 1_000_000), ExitCode.OK));
            case WorkerMessage.Failed(ExitCode code, String reason, String detail) -> {
                log.debug("{}", detail);
                outcome.complete(failed(reason, code));
            }
            case WorkerMessage.Draining _, WorkerMessage.Worn _, WorkerMessage.Excess _, WorkerMessage.Stuck _ -> {}
        }
    }

    private static Deployed failed(String reason, ExitCode code) {
        return new Deployed(new Deployment.Failed(reason), code);
    }

    private WorkerSpec spec(Release release, ChildFds fds) {
        var plan = release.plan();
        return new WorkerSpec(
                0,
                1,
                1,
                List.of(),
                fds.report(),
                fds.scoreboardNumber(),
                plan.dispatch(),
                plan.threads(),
                plan.maxInflight(),
                config.bootTimeout(),
                config.keepAlive(),
                GRACE,
                WorkerSpec.Wear.NONE,
                config.limits(),
                Optional.empty(),
                config.security(),
                config.logLevel() == LogLevel.INFO
                        ? LogLevel.WARN.label()
                        : config.logLevel().label(),
                new WorkerSpec.Sessions("memory", Optional.empty(), 0, true),
                WorkerSpec.SessionRules.DEFAULT,
                release.wars().stream()
                        .map(war -> new WorkerSpec.App(war.contextPath(), war.directory()))
                        .toList(),
                config.libraries(),
                fds.resourcesNumber(),
                List.of(),
                Optional.empty());
    }

    private ExitCode report(Children children, Deployment deployment, boolean json) throws IOException {
        var prepare = new PrepareSpec(
                config.wars().stream()
                        .map(war -> new PrepareSpec.War(war.path(), war.contextPath()))
                        .toList(),
                installation.cache(),
                !config.noMigrate(),
                ChildFds.reportOnly().report(),
                config.logLevel() == LogLevel.INFO
                        ? LogLevel.WARN.label()
                        : config.logLevel().label(),
                config.libraries(),
                config.resources().stream().map(ResourceSpec::name).toList());
        var command = children.command().check(new CheckSpec(prepare, deployment, json), Preparation.JVM_FLAGS);
        var child = new Spawner().spawn(children.launch(command, ChildFds.reportOnly()));
        var exit = new CompletableFuture<ExitStatus>();
        child.watch(_ -> {}, exit::complete);
        return exit.join() instanceof ExitStatus.Exited(int status)
                ? ExitCode.of(status).orElse(ExitCode.BUG)
                : ExitCode.BUG;
    }
}
