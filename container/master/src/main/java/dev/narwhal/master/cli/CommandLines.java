package dev.narwhal.master.cli;

import dev.narwhal.contract.users.Pbkdf2;
import dev.narwhal.master.config.Setting;
import dev.narwhal.master.config.Settings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The grammar and the help of all commands, as picocli's model. Built without annotations: no reflection at start. */
final class CommandLines {

    static final String CHECK_CONFIG = "--check-config";
    static final String PRINT_CONFIG = "--print-config";
    static final String JSON = "--json";
    static final String ITERATIONS = "--iterations";
    static final String JSP = "--jsp";
    static final String SOCKET = "--socket";
    static final String WAIT = "--wait";
    static final String QUICK = "--quick";
    static final String SECONDS = "--seconds";

    private static final int LEAST_WIDTH = 80;
    private static final int MOST_WIDTH = 100;

    private static final String SOURCES = "Every option can also be given in the environment (NARWHAL_BOOT_TIMEOUT for"
            + " --boot-timeout) and in narwhal.toml (boot-timeout = \"60s\"). Options win over the environment, the environment"
            + " wins over the file. Durations are 30 or 30s (seconds), 500ms, 2m, 1h.";

    private final HelpText help;

    private CommandLines(HelpText help) {
        this.help = help;
    }

    /**
     * The whole grammar.
     *
     * @param columns the width of the terminal, 0 if unknown
     */
    static CommandLine narwhal(int columns) {
        return new CommandLines(new HelpText(Math.clamp(columns, LEAST_WIDTH, MOST_WIDTH))).narwhal();
    }

    private CommandLine narwhal() {
        var spec = CommandSpec.create()
                .name("narwhal")
                .addOption(helpOption())
                .addOption(flag("Show the version.", "-V", "--version")
                        .versionHelp(true)
                        .build());
        spec.usageMessage()
                .description("Serves Java web applications from pre-forked worker JVMs on one shared port.")
                .synopsisHeading("Usage: ")
                .customSynopsis(
                        "narwhal run [OPTIONS] WAR[=CONTEXT]...",
                        "       narwhal ctl [OPTIONS] [COMMAND]",
                        "       narwhal top [OPTIONS]",
                        "       narwhal inspect [OPTIONS] WAR",
                        "       narwhal prepare [OPTIONS] WAR",
                        "       narwhal check [OPTIONS] WAR[=CONTEXT]",
                        "       narwhal hash-password [OPTIONS]",
                        "       narwhal completion bash|zsh|fish")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n");
        HelpText.exitCodes(spec.usageMessage());
        HelpText.signals(spec.usageMessage(), "'narwhal COMMAND --help' explains each command and its options.");
        spec.addSubcommand("run", run())
                .addSubcommand("ctl", ctl())
                .addSubcommand("top", top())
                .addSubcommand("inspect", inspect())
                .addSubcommand("prepare", prepare())
                .addSubcommand("check", check())
                .addSubcommand("hash-password", hashPassword())
                .addSubcommand("completion", completion());
        return configured(new CommandLine(spec));
    }

    private CommandLine configured(CommandLine commandLine) {
        commandLine.setUsageHelpWidth(help.width());
        commandLine.setUsageHelpLongOptionsMaxWidth(HelpText.OPTION_NAMES);
        commandLine.setExpandAtFiles(false);
        commandLine.setInterpolateVariables(false);
        // Unknown options are reported together with every other problem, see Usage.
        commandLine.setUnmatchedArgumentsAllowed(true);
        collectErrors(commandLine);
        return commandLine;
    }

    private static void collectErrors(CommandLine commandLine) {
        commandLine.getCommandSpec().parser().collectErrors(true);
        commandLine.getSubcommands().values().forEach(CommandLines::collectErrors);
    }

    private CommandSpec run() {
        var spec = CommandSpec.create().addPositional(arguments(Settings.WARS.metavar(), Settings.WARS.description()));
        for (var section : Setting.Section.values()) {
            var options = options(section);
            if (!options.isEmpty()) {
                var group = ArgGroupSpec.builder()
                        .validate(false)
                        .heading("%n" + section.title() + ":%n")
                        .order(section.compareTo(Setting.Section.APPLICATIONS));
                options.forEach(group::addArg);
                spec.addArgGroup(group.build());
            }
        }
        spec.usageMessage()
                .description("Serve web applications.", "")
                .synopsisHeading("Usage: ")
                .customSynopsis("narwhal run [OPTIONS] WAR[=CONTEXT]...")
                .sortOptions(false);
        HelpText.exitCodes(spec.usageMessage());
        HelpText.signals(spec.usageMessage(), help.paragraph(SOURCES));
        return spec;
    }

    private List<OptionSpec> options(Setting.Section section) {
        var options = new ArrayList<OptionSpec>();
        for (var setting : Settings.ALL) {
            if (setting.section() == section && !setting.flags().isEmpty()) {
                options.add(option(setting));
            }
        }
        if (section == Setting.Section.MASTER) {
            options.add(flag("Check the configuration, report all problems, and exit.", CHECK_CONFIG)
                    .build());
            options.add(flag("Show every setting with its origin, as a narwhal.toml, and exit.", PRINT_CONFIG)
                    .build());
            options.add(helpOption());
        }
        return options;
    }

    private CommandSpec ctl() {
        var spec = CommandSpec.create()
                .addPositional(arguments(
                        "COMMAND",
                        "status (the default), workers, requests (in flight, oldest first), sessions, metrics, listeners, config;"
                                + " reload [WAR=CONTEXT...], rollback (to the release that --keep-previous keeps), upgrade,"
                                + " add or remove a worker, worker restart|kill|dump|heap|jfr N (its slot or pid) [FILE],"
                                + " pause (leave new connections in the queue), resume, reopen (the log files), stop.",
                        CtlCommand.REQUESTS.keySet()))
                .addOption(socketOption())
                .addOption(flag("Print the server's JSON instead of a table.", JSON)
                        .build())
                .addOption(flag(
                                "reload, upgrade: wait until the new release or master serves or is refused, which is a failure.",
                                WAIT)
                        .build())
                .addOption(flag("stop: within a second.", QUICK).build())
                .addOption(OptionSpec.builder(SECONDS)
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("1")
                        .paramLabel("N")
                        .hideParamSyntax(true)
                        .description(help.describe("worker jfr: how long to record. Default: 30."))
                        .build())
                .addOption(helpOption());
        spec.usageMessage()
                .description("Look at a running server and steer it.", "")
                .synopsisHeading("Usage: ")
                .customSynopsis("narwhal ctl [OPTIONS] [COMMAND]")
                .optionListHeading("%nOptions:%n")
                .sortOptions(false);
        HelpText.exitCodes(spec.usageMessage());
        return spec;
    }

    private CommandSpec completion() {
        var spec = CommandSpec.create()
                .addPositional(arguments(
                        "SHELL", "bash (load it by: source <(narwhal completion bash)), zsh (the same), or fish."))
                .addOption(helpOption());
        spec.usageMessage()
                .description("Print what a shell has to know to complete commands and options.", "")
                .synopsisHeading("Usage: ")
                .customSynopsis("narwhal completion [OPTIONS] SHELL")
                .optionListHeading("%nOptions:%n")
                .sortOptions(false);
        HelpText.exitCodes(spec.usageMessage());
        return spec;
    }

    private CommandSpec top() {
        var spec = CommandSpec.create()
                .addPositional(PositionalParamSpec.builder()
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("0..*")
                        .hidden(true)
                        .build())
                .addOption(socketOption())
                .addOption(helpOption());
        spec.usageMessage()
                .description(
                        "Watch a running server: workers, load, latency, the oldest requests in flight. Without a terminal once, as text.",
                        "")
                .synopsisHeading("Usage: ")
                .customSynopsis("narwhal top [OPTIONS]")
                .optionListHeading("%nOptions:%n")
                .sortOptions(false);
        HelpText.exitCodes(spec.usageMessage());
        return spec;
    }

    private OptionSpec socketOption() {
        return OptionSpec.builder(SOCKET)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel("PATH")
                .hideParamSyntax(true)
                .description(help.describe("The control socket of the server. Default: that of the user's only one."))
                .build();
    }

    private CommandSpec inspect() {
        var spec = CommandSpec.create()
                .addPositional(arguments("WAR", "A .war file or an exploded directory."))
                .addOption(flag("Print JSON instead of text.", JSON).build())
                .addOption(option(Settings.LIB))
                .addOption(option(Settings.CONFIG))
                .addOption(option(Settings.LOG_LEVEL))
                .addOption(helpOption());
        spec.usageMessage()
                .description("Show what a WAR deploys: web.xml, fragments and annotations merged.", "")
                .synopsisHeading("Usage: ")
                .customSynopsis("narwhal inspect [OPTIONS] WAR")
                .optionListHeading("%nOptions:%n")
                .sortOptions(false);
        HelpText.exitCodes(spec.usageMessage());
        return spec;
    }

    private CommandSpec prepare() {
        var spec = CommandSpec.create()
                .addPositional(arguments("WAR", "A .war file or an exploded directory."))
                .addOption(flag("Compile all JSP pages too, and report what is wrong with them.", JSP)
                        .build())
                .addOption(option(Settings.LOG_LEVEL))
                .addOption(helpOption());
        spec.usageMessage()
                .description("Prepare a WAR ahead of time, so that its next start finds it in the cache.", "")
                .synopsisHeading("Usage: ")
                .customSynopsis("narwhal prepare [OPTIONS] WAR")
                .optionListHeading("%nOptions:%n")
                .sortOptions(false);
        HelpText.exitCodes(spec.usageMessage());
        return spec;
    }

    private CommandSpec check() {
        var spec = CommandSpec.create()
                .addPositional(arguments("WAR[=CONTEXT]", "A .war file or an exploded directory."))
                .addOption(flag("Print JSON instead of text.", JSON).build());
        List.of(
                        Settings.NO_MIGRATE,
                        Settings.LIB,
                        Settings.USERS,
                        Settings.DISPATCH,
                        Settings.BOOT_TIMEOUT,
                        Settings.JAVA_OPTS,
                        Settings.ENV,
                        Settings.CONFIG,
                        Settings.LOG_LEVEL)
                .forEach(setting -> spec.addOption(option(setting)));
        spec.addOption(helpOption());
        spec.usageMessage()
                .description(
                        "Tell what will work of a WAR and what will not: deploys it in a worker that serves nobody, and reads its classes.",
                        "")
                .synopsisHeading("Usage: ")
                .customSynopsis("narwhal check [OPTIONS] WAR[=CONTEXT]")
                .optionListHeading("%nOptions:%n")
                .sortOptions(false);
        HelpText.exitCodes(spec.usageMessage());
        return spec;
    }

    private CommandSpec hashPassword() {
        var spec = CommandSpec.create()
                .addPositional(PositionalParamSpec.builder()
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("0..*")
                        .hidden(true)
                        .build())
                .addOption(OptionSpec.builder(ITERATIONS)
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("1")
                        .paramLabel("N")
                        .hideParamSyntax(true)
                        .description(help.describe(
                                "How often PBKDF2 with HMAC-SHA-256 is applied. More is slower for everybody"
                                        + " who guesses, and for each login. Default: " + Pbkdf2.ITERATIONS + "."))
                        .build())
                .addOption(helpOption());
        spec.usageMessage()
                .description(
                        "Hash a password for the users file: at a terminal typed twice, else one line of standard input.",
                        "")
                .synopsisHeading("Usage: ")
                .customSynopsis("narwhal hash-password [OPTIONS]")
                .optionListHeading("%nOptions:%n")
                .sortOptions(false);
        HelpText.exitCodes(spec.usageMessage());
        return spec;
    }

    private PositionalParamSpec arguments(String label, String description) {
        return arguments(label, description, null);
    }

    /** With words that a shell may offer, if there are some. */
    private PositionalParamSpec arguments(String label, String description, @Nullable Iterable<String> candidates) {
        return PositionalParamSpec.builder()
                .completionCandidates(candidates)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .paramLabel(label)
                .hideParamSyntax(true)
                .description(help.describe(description))
                .build();
    }

    private OptionSpec option(Setting<?> setting) {
        if (setting.occurs() == Setting.Occurs.SWITCH) {
            return flag(setting.description(), setting.flags().toArray(String[]::new))
                    .build();
        }
        return OptionSpec.builder(setting.flags().toArray(String[]::new))
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(setting.metavar())
                .hideParamSyntax(true)
                .description(help.describe(setting.description() + " Default: "
                        + setting.fallback().describe() + "."))
                .build();
    }

    private OptionSpec helpOption() {
        return flag("Show this help.", "-h", "--help").usageHelp(true).build();
    }

    private OptionSpec.Builder flag(String description, String... names) {
        return OptionSpec.builder(names).type(boolean.class).arity("0").description(help.describe(description));
    }
}
