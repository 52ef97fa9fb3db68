package dev.narwhal.master.serve;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.master.config.Config;
import dev.narwhal.master.config.ConfigLoader.Surroundings;
import dev.narwhal.master.config.LogLevel;
import dev.narwhal.master.config.Machine;
import dev.narwhal.master.process.ChildFds;
import dev.narwhal.master.process.ExitStatus;
import dev.narwhal.master.process.Lifeline;
import dev.narwhal.master.process.Spawner;
import dev.narwhal.master.process.WorkerCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code narwhal inspect} and {@code narwhal prepare}: a child does it and writes to our standard output, for the master loads no class that knows WAR files. */
public final class InspectChild implements Inspector {

    private static final Logger log = LoggerFactory.getLogger(InspectChild.class);

    private final Installation installation;
    private final Map<String, String> environment;
    private final Machine machine;

    public InspectChild(Installation installation, Map<String, String> environment, Machine machine) {
        this.installation = installation;
        this.environment = environment;
        this.machine = machine;
    }

    @Override
    public ExitCode inspect(Path war, Format format, LogLevel logLevel, Surroundings surroundings) {
        return run(
                war,
                WorkerCommand.INSPECT_MAIN,
                "format=" + format.name().toLowerCase(Locale.ROOT),
                logLevel,
                surroundings);
    }

    @Override
    public ExitCode prepare(Path war, boolean pages, LogLevel logLevel, Surroundings surroundings) {
        return run(war, WorkerCommand.AHEAD_MAIN, "pages=" + pages, logLevel, surroundings);
    }

    @Override
    public ExitCode check(Config config, Format format) {
        return new CheckRun(installation, environment, machine, config).run(format == Format.JSON);
    }

    private ExitCode run(Path war, String main, String option, LogLevel logLevel, Surroundings surroundings) {
        try (var lifeline = Lifeline.open()) {
            installation.requireCache();
            var children = new Children(installation.command(List.of()), environment, Map.of(), lifeline);
            var arguments = new ArrayList<>(List.of(
                    option,
                    "war==" + war,
                    "cache=" + installation.cache(),
                    "report=" + ChildFds.reportOnly().report(),
                    "log-level=" + logLevel.label()));
            surroundings.libraries().forEach(library -> arguments.add("library=" + library));
            surroundings.resources().forEach(resource -> arguments.add("resource=" + resource.name()));
            var child = new Spawner()
                    .spawn(children.launch(children.command().command(main, arguments), ChildFds.reportOnly()));
            var exit = new CompletableFuture<ExitStatus>();
            child.watch(_ -> {}, exit::complete);
            return code(exit.join());
        } catch (IOException e) {
            log.error("reading {}: {}", war, e.getMessage());
            return ExitCode.SYSTEM;
        }
    }

    private static ExitCode code(ExitStatus status) {
        return status instanceof ExitStatus.Exited(int code) ? ExitCode.of(code).orElse(ExitCode.BUG) : ExitCode.BUG;
    }
}
