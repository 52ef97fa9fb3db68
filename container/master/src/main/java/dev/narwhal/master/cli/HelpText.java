package dev.narwhal.master.cli;

import dev.narwhal.contract.ExitCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What helps say beside options, and how their texts are broken into lines. */
final class HelpText {

    /** Where descriptions begin in a line. */
    static final int INDENT = 34;

    /** The names of options may take this many columns before their description starts on a line of its own. */
    static final int OPTION_NAMES = 26;

    /** What each signal to the master does. */
    static final Map<String, String> SIGNALS = signals();

    private final int width;

    /** Texts for lines of {@code width} columns. */
    HelpText(int width) {
        this.width = width;
    }

    int width() {
        return width;
    }

    /** The description of an option or argument, as picocli takes it: formats. */
    String[] describe(String text) {
        return wrap(text, width - INDENT - 2);
    }

    /** A paragraph over the whole width, as picocli takes it: formats. */
    String[] paragraph(String text) {
        return wrap(text, width - 1);
    }

    /** Picocli itself breaks lines wherever Unicode allows it, which is also inside of {@code [::1]:8000}. */
    private static String[] wrap(String text, int limit) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > limit) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines.stream().map(each -> each.replace("%", "%%")).toArray(String[]::new);
    }

    static void exitCodes(UsageMessageSpec usage) {
        var codes = new LinkedHashMap<String, String>();
        for (var code : ExitCode.values()) {
            codes.put(" " + code.status(), code.meaning());
        }
        usage.exitCodeListHeading("%nExit codes:%n").exitCodeList(codes);
    }

    /** The last part of a help: signals, and {@code more} lines after them. */
    static void signals(UsageMessageSpec usage, String... more) {
        var footer = new ArrayList<String>();
        footer.add("");
        footer.add("Signals to the master:");
        SIGNALS.forEach((signal, effect) -> footer.add(String.format("  %-9s  %s", signal, effect)));
        footer.add("");
        footer.addAll(List.of(more));
        usage.footer(footer.toArray(String[]::new));
    }

    private static Map<String, String> signals() {
        var signals = new LinkedHashMap<String, String>();
        signals.put("TERM", "stop gracefully: finish requests and the accept queue");
        signals.put("INT", "stop quickly");
        signals.put("HUP", "read files again; replace each worker once a new one is ready");
        signals.put("USR2", "upgrade: leave once a new master and its workers serve");
        signals.put("TTIN TTOU", "one worker more, one less");
        signals.put("USR1", "reopen log files");
        signals.put("WINCH", "drain all workers but keep listening");
        signals.put("QUIT", "thread dump of the master");
        return signals;
    }
}
