package dev.narwhal.master.config;

import dev.narwhal.contract.ResourceSpec;
import java.util.LinkedHashMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tomlj.Toml;

/**
 * {@code --print-config}: every setting's value and where it comes from, as a {@code narwhal.toml} that gives the same
 * configuration (but for masked secrets).
 */
public final class ConfigPrinter {

    private ConfigPrinter() {}

    public static Effective print(Givens givens) {
        var lines = new LinkedHashMap<String, String>();
        for (var setting : Settings.ALL) {
            lines.put(setting.name(), line(setting, givens));
        }
        return new Effective(
                lines, givens.resources().stream().map(ConfigPrinter::table).collect(Collectors.joining()));
    }

    private static String table(ResourceSpec resource) {
        var text = new StringBuilder("\n[resources.")
                .append(quoted(resource.name()))
                .append("] # ")
                .append(resource.origin())
                .append('\n');
        text.append("type = ").append(quoted(resource.type())).append('\n');
        new TreeMap<>(resource.masked().settings())
                .forEach((key, value) -> text.append(key + " = " + quoted(value) + "\n"));
        if (!resource.properties().isEmpty()) {
            var properties = new TreeMap<>(resource.masked().properties())
                    .entrySet().stream()
                            .map(each -> quoted(each.getKey()) + " = " + quoted(each.getValue()))
                            .collect(Collectors.joining(", "));
            text.append("properties = { ").append(properties).append(" }\n");
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return "\"" + Toml.tomlEscape(text) + "\"";
    }

    private static <T> String line(Setting<T> setting, Givens givens) {
        var values = givens.of(setting);
        if (values.isEmpty()) {
            return String.format(
                    "# %-46s # default: %s", setting.name(), setting.fallback().describe());
        }
        var texts = values.stream().map(given -> literal(setting, given.text())).toList();
        var value = setting.repeatable() ? "[" + String.join(", ", texts) + "]" : texts.getFirst();
        var origin = values.stream()
                .map(given -> given.origin().toString())
                .distinct()
                .collect(Collectors.joining(", "));
        // The file cannot name itself; a comment keeps the output usable as a file.
        var prefix = setting.equals(Settings.CONFIG) ? "# " : "";
        return String.format("%-48s # %s", prefix + setting.name() + " = " + value, origin);
    }

    private static <T> String literal(Setting<T> setting, String text) {
        var canonical = canonical(setting, text);
        return canonical.matches("0|[1-9][0-9]{0,8}") ? canonical : "\"" + Toml.tomlEscape(canonical) + "\"";
    }

    private static <T> String canonical(Setting<T> setting, String text) {
        try {
            return setting.syntax().write(setting.syntax().parse(text));
        } catch (BadValueException _) {
            return text; // shown as given; its problem is reported beside
        }
    }
}
