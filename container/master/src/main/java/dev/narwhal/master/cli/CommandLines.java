package dev.narwhal.master.cli;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.master.config.Setting;
import dev.narwhal.master.config.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The grammar and the help of all commands, as picocli's model. Built without annotations: no reflection at start. */
final class CommandLines {

    static final String CHECK_CONFIG = "--check-config";
    static final String PRINT_CONFIG = "--print-config";
    static final String JSON = "--json";

    /** The signals of the master, for the help. */
    static final Map<String, String> SIGNALS = signals();

    private static final int LEAST_WIDTH = 80;
    private static final int MOST_WIDTH = 100;

    private CommandLines() {}

    /**
     * The whole grammar.
     *
     * @param columns the width of the terminal, 0 if unknown
     */
    static CommandLine narwhal(int columns) {
        var spec = CommandSpec.create()
                .name("narwhal")
                .addOption(
                        flag("Show this help.", "-h", "--help").usageHelp(true).build())
                .addOption(flag("Show the version.", "-V", "--version")
                        .versionHelp(true)
                        .build());
        spec.usageMessage()
                .description("Serves Java web applications (WAR) from pre-forked worker JVMs on one shared port.")
                .customSynopsis("narwhal run [OPTIONS] WAR[=CONTEXT]...", "       narwhal inspect [--json] WAR")
                .synopsisHeading("Usage: ")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n")
                .footer("", "'narwhal COMMAND --help' explains each command and its options.");
        describeEndings(spec.usageMessage());
        spec.addSubcommand("run", run()).addSubcommand("inspect", inspect());
        var commandLine = new CommandLine(spec);
        commandLine.setUsageHelpWidth(Math.clamp(columns, LEAST_WIDTH, MOST_WIDTH));
        commandLine.setUsageHelpLongOptionsMaxWidth(28);
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

    private static CommandSpec run() {
        var spec = CommandSpec.create().addPositional(wars());
        for (var section : Setting.Section.values()) {
            var group = ArgGroupSpec.builder()
                    .validate(false)
                    .heading("%n" + section.title() + ":%n")
                    .order(section.compareTo(Setting.Section.APPLICATIONS));
            var options = Settings.ALL.stream()
                    .filter(setting ->
                            setting.section() == section && !setting.flags().isEmpty())
                    .<OptionSpec>map(CommandLines::option)
                    .toList();
            options.forEach(group::addArg);
            if (!options.isEmpty()) {
                spec.addArgGroup(group.build());
            }
        }
        spec.addOption(flag("Check the configuration, report all problems, and exit.", CHECK_CONFIG)
                        .build())
                .addOption(flag("Show every setting with its origin, as a narwhal.toml, and exit.", PRINT_CONFIG)
                        .build())
                .addOption(
                        flag("Show this help.", "-h", "--help").usageHelp(true).build());
        spec.usageMessage()
                .description(
                        "Serve web applications.",
                        "",
                        "Every option can also be given in the environment (--boot-timeout as NARWHAL_BOOT_TIMEOUT) and in"
                                + " narwhal.toml (boot-timeout = \"60s\"). Options win over the environment, the environment"
                                + " over the file. Durations are 30 or 30s, 500ms, 2m, 1h.",
                        "")
                .synopsisHeading("Usage: ")
                .customSynopsis("narwhal run [OPTIONS] WAR[=CONTEXT]...")
                .optionListHeading("%nOther:%n")
                .sortOptions(false);
        describeEndings(spec.usageMessage());
        return spec;
    }

    private static CommandSpec inspect() {
        var spec = CommandSpec.create()
                .addPositional(PositionalParamSpec.builder()
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("0..*")
                        .paramLabel("WAR")
                        .hideParamSyntax(true)
                        .description("A .war file or an exploded directory.")
                        .build())
                .addOption(flag("Print JSON instead of text.", JSON).build())
                .addOption(option(Settings.LOG_LEVEL))
                .addOption(
                        flag("Show this help.", "-h", "--help").usageHelp(true).build());
        spec.usageMessage()
                .description("Show what a WAR deploys: web.xml, fragments and annotations merged.", "")
                .synopsisHeading("Usage: ")
                .customSynopsis("narwhal inspect [--json] WAR")
                .optionListHeading("%n")
                .sortOptions(false)
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes());
        return spec;
    }

    private static PositionalParamSpec wars() {
        return PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .paramLabel(Settings.WARS.metavar())
                .hideParamSyntax(true)
                .description(escape(Settings.WARS.description()))
                .build();
    }

    private static OptionSpec option(Setting<?> setting) {
        return OptionSpec.builder(setting.flags().toArray(String[]::new))
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(setting.metavar())
                .hideParamSyntax(true)
                .description(escape(setting.description() + " Default: "
                        + setting.fallback().describe() + "."))
                .build();
    }

    private static OptionSpec.Builder flag(String description, String... names) {
        return OptionSpec.builder(names).type(boolean.class).arity("0").description(escape(description));
    }

    private static void describeEndings(UsageMessageSpec usage) {
        usage.exitCodeListHeading("%nExit codes:%n").exitCodeList(exitCodes());
        var signals = SIGNALS.entrySet().stream()
                .map(signal -> String.format("  %-9s %s", signal.getKey(), signal.getValue()))
                .collect(Collectors.joining("\n", "\nSignals to the master:\n", ""));
        var footer = new ArrayList<>(List.of(signals.split("\n", -1)));
        footer.addAll(List.of(usage.footer()));
        usage.footer(footer.toArray(String[]::new));
    }

    private static Map<String, String> exitCodes() {
        var codes = new LinkedHashMap<String, String>();
        for (var code : ExitCode.values()) {
            codes.put(" " + code.status(), code.meaning());
        }
        return codes;
    }

    private static Map<String, String> signals() {
        var signals = new LinkedHashMap<String, String>();
        signals.put("TERM", "stop gracefully: finish requests and the accept queue");
        signals.put("INT", "stop quickly");
        signals.put("HUP", "replace all workers, one at a time, each once its successor is ready");
        signals.put("TTIN TTOU", "one worker more, one less");
        signals.put("USR1", "reopen log files");
        signals.put("WINCH", "drain all workers but keep listening");
        signals.put("QUIT", "thread dump of the master");
        return signals;
    }

    /** Descriptions are formats for picocli. */
    private static String escape(String text) {
        return text.replace("%", "%%");
    }
}
