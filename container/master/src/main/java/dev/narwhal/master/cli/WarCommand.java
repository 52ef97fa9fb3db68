package dev.narwhal.master.cli;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.master.config.BadValueException;
import dev.narwhal.master.config.ConfigLoader;
import dev.narwhal.master.config.ConfigLoader.Surroundings;
import dev.narwhal.master.config.LogLevel;
import dev.narwhal.master.config.Problem;
import dev.narwhal.master.config.Settings;
import dev.narwhal.master.config.Wars;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.ParseResult;

/** A command on one WAR: {@code narwhal inspect}, {@code narwhal prepare}. */
final class WarCommand {

    /** What a command does with the absolute path of the WAR and what the WAR finds around it. */
    interface Action {
        ExitCode run(Path war, LogLevel level, Surroundings surroundings);
    }

    private final Map<String, String> environment;
    private final Path workingDirectory;
    private final Action action;
    private final Function<List<Problem>, ExitCode> refuse;

    WarCommand(
            Map<String, String> environment,
            Path workingDirectory,
            Action action,
            Function<List<Problem>, ExitCode> refuse) {
        this.environment = environment;
        this.workingDirectory = workingDirectory;
        this.action = action;
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
        return action.run(war, level, surroundings);
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
