package dev.narwhal.master.cli;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.master.config.ConfigLoader;
import dev.narwhal.master.config.ConfigPrinter;
import dev.narwhal.master.config.Loaded;
import dev.narwhal.master.config.LogLevel;
import dev.narwhal.master.config.Problem;
import dev.narwhal.master.config.Setting;
import dev.narwhal.master.config.Settings;
import dev.narwhal.master.config.TlsCheck;
import dev.narwhal.master.output.Outlet;
import dev.narwhal.master.serve.Server;
import dev.narwhal.master.serve.Sources;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.ParseResult;

/** {@code narwhal run}. */
final class RunCommand {

    /** Long enough for a reader that is slow; one that hangs does not keep the master. */
    private static final Duration LAST_LINES = Duration.ofSeconds(2);

    private final Map<String, String> environment;
    private final Path workingDirectory;
    private final PrintStream out;
    private final Server server;
    private final Function<List<Problem>, ExitCode> refuse;

    RunCommand(
            Map<String, String> environment,
            Path workingDirectory,
            PrintStream out,
            Server server,
            Function<List<Problem>, ExitCode> refuse) {
        this.environment = environment;
        this.workingDirectory = workingDirectory;
        this.out = out;
        this.server = server;
        this.refuse = refuse;
    }

    ExitCode run(ParseResult command, List<String> words) {
        var flags = flags(command);
        flags.put(Settings.WARS, Usage.arguments(command, words));
        var problems = Usage.problems(command);
        var loaded = ConfigLoader.load(flags, problems, environment, workingDirectory);
        boolean print = command.hasMatchedOption(CommandLines.PRINT_CONFIG);
        boolean check = command.hasMatchedOption(CommandLines.CHECK_CONFIG);
        if (print) {
            out.print(ConfigPrinter.print(loaded.givens()).text());
        }
        return switch (loaded) {
            case Loaded.Refused refused -> refuse.apply(refused.problems());
            case Loaded.Valid valid -> {
                if (check && !print) {
                    valid.config()
                            .security()
                            .tls()
                            .ifPresent(files -> TlsCheck.warnings(files, Instant.now())
                                    .forEach(warning -> out.println("Warning: " + warning)));
                    out.println("The configuration is valid.");
                }
                if (check || print) {
                    yield ExitCode.OK;
                }
                LogSetup.level(valid.config().logLevel());
                LogSetup.serving(valid.config().output().format());
                try {
                    yield server.serve(
                            valid.config(), valid.effective(), new Again(flags, environment, workingDirectory));
                } finally {
                    Outlet.STANDARD_OUTPUT.flush(LAST_LINES);
                    Outlet.STANDARD_ERROR.flush(LAST_LINES);
                }
            }
        };
    }

    /** What this command line reads, once more. */
    private record Again(Map<Setting<?>, List<String>> flags, Map<String, String> environment, Path workingDirectory)
            implements Sources {

        @Override
        public Loaded read(List<String> wars) {
            var all = new HashMap<>(flags);
            if (!wars.isEmpty()) {
                all.put(Settings.WARS, wars);
            }
            return ConfigLoader.load(all, List.of(), environment, workingDirectory);
        }

        @Override
        public void logLevel(LogLevel level) {
            LogSetup.level(level);
        }
    }

    /** The texts of every setting that has flags and was given. */
    static Map<Setting<?>, List<String>> flags(ParseResult command) {
        var flags = new HashMap<Setting<?>, List<String>>();
        for (var setting : Settings.ALL) {
            if (!setting.flags().isEmpty()
                    && command.commandSpec().findOption(setting.flag()) != null
                    && command.hasMatchedOption(setting.flag())) {
                flags.put(
                        setting,
                        setting.occurs() == Setting.Occurs.SWITCH
                                ? List.of("true")
                                : command.matchedOptionValue(setting.flag(), List.of()));
            }
        }
        return flags;
    }
}
