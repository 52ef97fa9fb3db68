package dev.narwhal.worker.check;

import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code narwhal check} says of one application. Pure.
 *
 * @param name the WAR
 * @param findings in any order
 */
public record Report(String name, List<Finding> findings) {

    private static final int MOST_DETAILS = 12;

    public Report {
        findings = List.copyOf(findings);
    }

    /** Whether something will not work. */
    public boolean hasProblems() {
        return entries().stream().anyMatch(entry -> entry.severity() == Severity.PROBLEM);
    }

    private List<Wording.Entry> entries() {
        return findings.stream().map(Wording::of).distinct().toList();
    }

    private static List<Wording.Entry> of(Severity severity, List<Wording.Entry> entries) {
        return entries.stream().filter(entry -> entry.severity() == severity).toList();
    }

    /** For people: what is gravest comes first, long evidence is cut. */
    public String text() {
        var entries = entries();
        var text = new StringBuilder(name).append('\n');
        for (var severity : Severity.values()) {
            var some = of(severity, entries);
            if (!some.isEmpty()) {
                text.append('\n').append(severity.title()).append(":\n");
                some.forEach(entry -> append(text, entry));
            }
        }
        var counts = new ArrayList<String>();
        for (var severity : List.of(Severity.PROBLEM, Severity.WARNING, Severity.ADVICE)) {
            int count = of(severity, entries).size();
            counts.add(count + " " + word(severity) + (count == 1 || severity == Severity.ADVICE ? "" : "s"));
        }
        return text.append('\n').append(String.join(", ", counts)).append(".\n").toString();
    }

    private static void append(StringBuilder text, Wording.Entry entry) {
        text.append("  - ").append(entry.text()).append('\n');
        entry.details().stream()
                .limit(MOST_DETAILS)
                .forEach(detail -> text.append("      ").append(detail).append('\n'));
        if (entry.details().size() > MOST_DETAILS) {
            text.append("      and ")
                    .append(entry.details().size() - MOST_DETAILS)
                    .append(" more (--json has all)\n");
        }
        if (!entry.remedy().isEmpty()) {
            text.append("    > ").append(entry.remedy()).append('\n');
        }
    }

    /** For programs: everything. */
    public String json() {
        var object = new LinkedHashMap<String, Object>();
        object.put("war", name);
        object.put("problems", hasProblems());
        object.put("findings", entries().stream().map(Report::json).toList());
        return new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create()
                .toJson(object);
    }

    private static Map<String, Object> json(Wording.Entry entry) {
        var object = new LinkedHashMap<String, Object>();
        object.put("kind", entry.kind());
        object.put("severity", word(entry.severity()));
        object.put("text", entry.text());
        object.put("details", entry.details());
        object.put("remedy", entry.remedy());
        return object;
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
