package dev.narwhal.master.cli;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.master.config.ConfigLoader;
import dev.narwhal.master.config.Loaded;
import dev.narwhal.master.config.LogLevel;
import dev.narwhal.master.config.Problem;
import dev.narwhal.master.config.Settings;
import dev.narwhal.master.serve.Inspector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.ParseResult;

/** {@code narwhal check}: the configuration is that of {@code run}, for one application. */
final class CheckCommand {

    private final Map<String, String> environment;
    private final Path workingDirectory;
    private final Inspector inspector;
    private final Function<List<Problem>, ExitCode> refuse;

    CheckCommand(
            Map<String, String> environment,
            Path workingDirectory,
            Inspector inspector,
            Function<List<Problem>, ExitCode> refuse) {
        this.environment = environment;
        this.workingDirectory = workingDirectory;
        this.inspector = inspector;
        this.refuse = refuse;
    }

    ExitCode run(ParseResult command, List<String> words) {
        var problems = new ArrayList<>(Usage.problems(command));
        var arguments = Usage.arguments(command, words);
        if (arguments.size() > 1) {
            problems.add(new Problem("WAR", arguments.size() + " given. Name one .war file or exploded directory."));
        }
        var flags = RunCommand.flags(command);
        flags.put(Settings.WARS, arguments);
        return switch (ConfigLoader.load(flags, problems, environment, workingDirectory)) {
            case Loaded.Refused refused -> refuse.apply(refused.problems());
            case Loaded.Valid valid -> {
                var config = valid.config();
                // What a start would log is in the report.
                LogSetup.level(config.logLevel() == LogLevel.INFO ? LogLevel.ERROR : config.logLevel());
                var format =
                        command.hasMatchedOption(CommandLines.JSON) ? Inspector.Format.JSON : Inspector.Format.TEXT;
                yield config.wars().size() == 1
                        ? inspector.check(config, format)
                        : refuse.apply(List.of(
                                new Problem("WAR", config.wars().size() + " are configured. Name the one to check.")));
            }
        };
    }
}
