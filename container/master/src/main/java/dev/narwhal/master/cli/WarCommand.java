package dev.narwhal.master.cli;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.master.config.BadValueException;
import dev.narwhal.master.config.LogLevel;
import dev.narwhal.master.config.Problem;
import dev.narwhal.master.config.Settings;
import dev.narwhal.master.config.Wars;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine.ParseResult;

/** A command on one WAR: {@code narwhal inspect}, {@code narwhal prepare}. */
final class WarCommand {

    private final Map<String, String> environment;
    private final Path workingDirectory;
    private final BiFunction<Path, LogLevel, ExitCode> action;
    private final Function<List<Problem>, ExitCode> refuse;

    /**
     * Reads the command line of one.
     *
     * @param action what to do with the absolute path of the WAR
     */
    WarCommand(
            Map<String, String> environment,
            Path workingDirectory,
            BiFunction<Path, LogLevel, ExitCode> action,
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
        if (!problems.isEmpty()) {
            return refuse.apply(problems);
        }
        LogSetup.level(level);
        return action.apply(war, level);
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
