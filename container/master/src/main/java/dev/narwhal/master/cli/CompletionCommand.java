package dev.narwhal.master.cli;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.master.config.Problem;
import dev.narwhal.master.config.Suggestion;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code narwhal completion SHELL}: what a shell has to know to complete commands and options. */
final class CompletionCommand {

    private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    private final PrintStream out;
    private final Function<List<Problem>, ExitCode> refuse;

    CompletionCommand(PrintStream out, Function<List<Problem>, ExitCode> refuse) {
        this.out = out;
        this.refuse = refuse;
    }

    ExitCode run(CommandLine narwhal, ParseResult command, List<String> words) {
        var problems = new ArrayList<>(Usage.problems(command));
        var arguments = Usage.arguments(command, words);
        var shell = arguments.size() == 1 ? arguments.getFirst() : "";
        if (arguments.size() != 1) {
            problems.add(new Problem("completion", "give one of " + String.join(", ", SHELLS) + "."));
        } else if (!SHELLS.contains(shell)) {
            problems.add(new Problem(
                    shell,
                    "no shell that completion is known for. Give one of " + String.join(", ", SHELLS) + "."
                            + Suggestion.of(shell, SHELLS)));
        }
        if (!problems.isEmpty()) {
            return refuse.apply(problems);
        }
        // What picocli writes for bash sets zsh up itself.
        out.print(shell.equals("fish") ? fish(narwhal) : AutoComplete.bash("narwhal", narwhal));
        return ExitCode.OK;
    }

    private static String fish(CommandLine narwhal) {
        var script = new StringBuilder("# narwhal completion fish | source\n");
        narwhal.getSubcommands().forEach((name, command) -> {
            script.append("complete -c narwhal -n __fish_use_subcommand -f -a ")
                    .append(name)
                    .append(" -d ")
                    .append(quoted(command.getCommandSpec().usageMessage().description()[0]))
                    .append('\n');
            var condition = " -n '__fish_seen_subcommand_from " + name + "'";
            command.getCommandSpec()
                    .options()
                    .forEach(option -> script.append("complete -c narwhal")
                            .append(condition)
                            .append(names(option))
                            .append(option.arity().max() > 0 ? " -r" : "")
                            .append(" -d ")
                            .append(quoted(firstSentence(option)))
                            .append('\n'));
            command.getCommandSpec().positionalParameters().stream()
                    .filter(positional -> positional.completionCandidates() != null)
                    .forEach(positional -> script.append("complete -c narwhal")
                            .append(condition)
                            .append(" -f -a '")
                            .append(String.join(" ", positional.completionCandidates()))
                            .append("'\n"));
        });
        return script.toString();
    }

    private static String names(OptionSpec option) {
        var names = new StringBuilder();
        for (var name : option.names()) {
            names.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        return names.toString();
    }

    private static String firstSentence(OptionSpec option) {
        var text =
                String.join(" ", option.description()).replaceAll("\\s+", " ").replace("%%", "%");
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
