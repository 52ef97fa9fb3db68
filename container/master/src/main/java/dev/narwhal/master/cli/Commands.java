package dev.narwhal.master.cli;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.master.config.Problem;
import dev.narwhal.master.config.Suggestion;
import dev.narwhal.master.serve.Inspector;
import dev.narwhal.master.serve.Installation;
import dev.narwhal.master.serve.Server;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParseResult;

/** Runs one command line. Knows no process: streams, environment and directory come in, the exit status goes out. */
public final class Commands {

    private final List<String> words;
    private final Map<String, String> environment;
    private final Path workingDirectory;
    private final PrintStream out;
    private final PrintStream err;

    private Commands(
            List<String> words,
            Map<String, String> environment,
            Path workingDirectory,
            PrintStream out,
            PrintStream err) {
        this.words = words;
        this.environment = environment;
        this.workingDirectory = workingDirectory;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the command to its end.
     *
     * @param workingDirectory absolute
     * @param out for what was asked for: help, version, the configuration
     * @param err for problems
     * @param passwords where a password is typed
     * @return the process exit status, one of {@link ExitCode}
     */
    public static int execute(
            List<String> words,
            Map<String, String> environment,
            Path workingDirectory,
            PrintStream out,
            PrintStream err,
            Server server,
            Inspector inspector,
            PasswordSource passwords) {
        var commands = new Commands(List.copyOf(words), environment, workingDirectory, out, err);
        try {
            return commands.execute(server, inspector, passwords).status();
        } catch (RuntimeException e) {
            err.println(
                    "narwhal: this is a defect of Narwhal; please report it with the following lines and the output of"
                            + " 'narwhal --version'.");
            e.printStackTrace(err);
            return ExitCode.BUG.status();
        }
    }

    private ExitCode execute(Server server, Inspector inspector, PasswordSource passwords) {
        var narwhal = CommandLines.narwhal(columns());
        var parsed = narwhal.parseArgs(words.toArray(String[]::new));
        var command = parsed.subcommand();
        if (command == null) {
            return withoutCommand(narwhal, parsed);
        }
        if (command.isUsageHelpRequested()) {
            command.commandSpec().commandLine().usage(out, Ansi.OFF);
            return ExitCode.OK;
        }
        var unknownBefore = Usage.problems(parsed);
        if (!unknownBefore.isEmpty()) {
            return refuse(unknownBefore);
        }
        return switch (command.commandSpec().name()) {
            case "run" -> new RunCommand(environment, workingDirectory, out, server, this::refuse).run(command, words);
            case "inspect" -> {
                var format =
                        command.hasMatchedOption(CommandLines.JSON) ? Inspector.Format.JSON : Inspector.Format.TEXT;
                yield war(command, (war, level, around) -> inspector.inspect(war, format, level, around));
            }
            case "prepare" -> {
                boolean pages = command.hasMatchedOption(CommandLines.JSP);
                yield war(command, (war, level, around) -> inspector.prepare(war, pages, level, around));
            }
            case "check" ->
                new CheckCommand(environment, workingDirectory, inspector, this::refuse).run(command, words);
            case "ctl" -> new CtlCommand(environment, workingDirectory, out, err, this::refuse).run(command, words);
            case "top" -> new TopCommand(environment, workingDirectory, out, err, this::refuse).run(command, words);
            case "completion" -> new CompletionCommand(out, this::refuse).run(narwhal, command, words);
            case "hash-password" -> new HashPasswordCommand(out, passwords, this::refuse).run(command, words);
            default ->
                throw new IllegalStateException(
                        "no code for command " + command.commandSpec().name());
        };
    }

    private ExitCode war(ParseResult command, WarCommand.Action action) {
        return new WarCommand(environment, workingDirectory, action, this::refuse).run(command, words);
    }

    private ExitCode withoutCommand(CommandLine narwhal, ParseResult parsed) {
        if (parsed.isUsageHelpRequested()) {
            narwhal.usage(out, Ansi.OFF);
            return ExitCode.OK;
        }
        if (parsed.isVersionHelpRequested()) {
            out.println("narwhal " + Installation.version() + " (Java " + Runtime.version() + ")");
            return ExitCode.OK;
        }
        if (words.isEmpty()) {
            narwhal.usage(err, Ansi.OFF);
            return ExitCode.USAGE;
        }
        var first = words.getFirst();
        if (first.startsWith("-")) {
            return refuse(Usage.problems(parsed).stream().limit(1).toList());
        }
        return refuse(List.of(new Problem(first, "no such command." + suggestion(narwhal, first))));
    }

    private static String suggestion(CommandLine narwhal, String word) {
        return word.contains(".war") || word.contains("/")
                ? " Did you mean 'narwhal run " + word + "'?"
                : Suggestion.of(word, narwhal.getSubcommands().keySet());
    }

    private ExitCode refuse(List<Problem> problems) {
        problems.forEach(problem -> err.println("narwhal: " + problem));
        if (problems.size() > 1) {
            err.println("narwhal: " + problems.size() + " problems, nothing was started. See 'narwhal run --help'.");
        }
        return ExitCode.USAGE;
    }

    /** Shells export it rarely; without it the help is 80 columns wide. */
    private int columns() {
        var columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("[0-9]{1,4}") ? Integer.parseInt(columns) : 0;
    }
}
