package dev.narwhal.master.cli;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.master.config.BadValueException;
import dev.narwhal.master.config.ConfigLoader;
import dev.narwhal.master.config.LogLevel;
import dev.narwhal.master.config.Problem;
import dev.narwhal.master.config.Settings;
import dev.narwhal.master.config.Wars;
import dev.narwhal.master.serve.Inspector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.ParseResult;

/** {@code narwhal inspect}. */
final class InspectCommand {

    private final Map<String, String> environment;
    private final Path workingDirectory;
    private final Inspector inspector;
    private final Function<List<Problem>, ExitCode> refuse;

    InspectCommand(
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
        var level = logLevel(command, problems);
        var arguments = Usage.arguments(command, words);
        var war = Path.of("");
        if (arguments.size() == 1) {
            try {
                war = new Wars(workingDirectory).find(arguments.getFirst());
            } catch (BadValueException e) {
                problems.add(new Problem("WAR " + arguments.getFirst(), String.valueOf(e.getMessage())));
            }
        } else {
            problems.add(new Problem("WAR", arguments.size() + " given. Name one .war file or exploded directory."));
        }
        var surroundings = ConfigLoader.surroundings(RunCommand.flags(command), environment, workingDirectory);
        problems.addAll(surroundings.problems());
        if (!problems.isEmpty()) {
            return refuse.apply(problems);
        }
        LogSetup.level(level);
        var format = command.hasMatchedOption(CommandLines.JSON) ? Inspector.Format.JSON : Inspector.Format.TEXT;
        return inspector.inspect(war, format, level, surroundings);
    }

    private LogLevel logLevel(ParseResult command, List<Problem> problems) {
        var setting = Settings.LOG_LEVEL;
        var flag = command.<List<String>>matchedOptionValue(setting.flag(), List.of());
        var variable = environment.getOrDefault(setting.variable(), "");
        var text = !flag.isEmpty() ? flag.getLast() : !variable.isBlank() ? variable : "info";
        try {
            return setting.syntax().parse(text);
        } catch (BadValueException e) {
            problems.add(
                    new Problem(flag.isEmpty() ? setting.variable() : setting.flag(), String.valueOf(e.getMessage())));
            return LogLevel.INFO;
        }
    }
}
