package dev.narwhal.master.cli;

import dev.narwhal.master.config.Problem;
import dev.narwhal.master.config.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What is wrong with the words of a command line, as problems like any other of the configuration. */
final class Usage {

    private Usage() {}

    static List<Problem> problems(ParseResult command) {
        return Stream.concat(
                        command.errors().stream().map(Usage::problem),
                        command.unmatched().stream().map(word -> unknown(command, word)))
                .toList();
    }

    private static Problem problem(Exception error) {
        return switch (error) {
            case MissingParameterException missing
            when missing.getMissing().getFirst() instanceof OptionSpec option ->
                new Problem(option.longestName(), "no value. Give " + option.paramLabel() + ".");
            case ParameterException other -> new Problem("command line", other.getMessage() + ".");
            default -> throw new IllegalStateException("parsing the command line", error);
        };
    }

    private static Problem unknown(ParseResult command, String word) {
        int equals = word.indexOf('=');
        var name = equals < 0 ? word : word.substring(0, equals);
        return new Problem(name, "no such option." + Suggestion.of(name, names(command)));
    }

    private static List<String> names(ParseResult command) {
        return command.commandSpec().options().stream()
                .flatMap(option -> Stream.of(option.names()))
                .toList();
    }

    /**
     * The arguments without those that follow an unknown option and are probably its value: {@code --wrokers 3} should give
     * one problem, not a missing WAR called 3 as well.
     */
    static List<String> arguments(ParseResult command, List<String> words) {
        var arguments = new ArrayList<>(command.<List<String>>matchedPositionalValue(0, List.of()));
        for (var unknown : command.unmatched()) {
            int next = words.indexOf(unknown) + 1;
            if (!unknown.contains("=") && next < words.size() && !looksLikeWar(words.get(next))) {
                arguments.remove(words.get(next));
            }
        }
        return arguments;
    }

    private static boolean looksLikeWar(String word) {
        return word.contains(".war") || word.contains("/");
    }
}
