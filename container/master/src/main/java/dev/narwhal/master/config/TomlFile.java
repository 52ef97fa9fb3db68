package dev.narwhal.master.config;

import dev.narwhal.contract.FileError;
import dev.narwhal.contract.ResourceSpec;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** Reads the settings in a configuration file, with the line of each. */
final class TomlFile {

    /** A table whose keys, after this word and a hyphen, are settings. */
    private static final String REALM = "realm";

    private final String name;
    private final Consumer<Problem> problems;
    private final ResourceTables tables;
    private final Map<Setting<?>, List<Given>> givens = new HashMap<>();
    private List<ResourceSpec> resources = List.of();

    private TomlFile(String name, Path workingDirectory, Consumer<Problem> problems) {
        this.name = name;
        this.problems = problems;
        this.tables = new ResourceTables(name, workingDirectory, problems);
    }

    /** What a file says. */
    record Content(Map<Setting<?>, List<Given>> givens, List<ResourceSpec> resources) {}

    /**
     * Reads a file that exists.
     *
     * @param name what messages call the file
     * @param workingDirectory where relative paths begin
     * @return nothing if the file cannot be read or is not TOML, so that only the cause is reported
     */
    static Content read(Path file, String name, Path workingDirectory, Consumer<Problem> problems) {
        var reader = new TomlFile(name, workingDirectory, problems);
        try {
            reader.parse(Files.readString(file));
        } catch (CharacterCodingException e) {
            problems.accept(new Problem(name, "the file is not UTF-8 text."));
        } catch (IOException e) {
            problems.accept(new Problem(name, "the file cannot be read: " + FileError.words(e) + "."));
        }
        return new Content(reader.givens, reader.resources);
    }

    private void parse(String text) {
        var table = Toml.parse(text);
        for (var error : table.errors()) {
            problems.accept(new Problem(
                    name + ":" + error.position().line() + ":"
                            + error.position().column(),
                    error.getMessage() + "."));
        }
        if (table.hasErrors()) {
            return;
        }
        for (var key : table.keySet()) {
            int line = lineOf(table, key);
            if (key.equals(ResourceTables.KEY)) {
                resources = tables.read(line, table.get(List.of(key)));
            } else if (key.equals(REALM) && table.get(List.of(key)) instanceof TomlTable realm) {
                realm(realm);
            } else {
                Settings.named(key)
                        .ifPresentOrElse(
                                setting -> take(setting, line, table.get(List.of(key))),
                                () -> refuse(line, "no such setting '" + key + "'." + Suggestion.of(key, known())));
            }
        }
    }

    private void realm(TomlTable table) {
        for (var key : table.keySet()) {
            int line = lineOf(table, key);
            Settings.named(REALM + "-" + key)
                    .ifPresentOrElse(
                            setting -> take(setting, line, table.get(List.of(key))),
                            () -> refuse(
                                    line, "[realm]: no such key '" + key + "'." + Suggestion.of(key, knownOfRealm())));
        }
    }

    private static List<String> known() {
        return Stream.concat(Settings.names().stream(), Stream.of(ResourceTables.KEY, REALM))
                .toList();
    }

    private static List<String> knownOfRealm() {
        return Settings.names().stream()
                .filter(setting -> setting.startsWith(REALM + "-"))
                .map(setting -> setting.substring(REALM.length() + 1))
                .toList();
    }

    private void take(Setting<?> setting, int line, @Nullable Object value) {
        var list = givens.computeIfAbsent(setting, _ -> new ArrayList<>());
        if (setting.equals(Settings.CONFIG)) {
            refuse(line, "config cannot be given in a file. Use --config or NARWHAL_CONFIG.");
        } else if (value instanceof TomlArray array && setting.repeatable()) {
            for (int i = 0; i < array.size(); i++) {
                var position = array.inputPositionOf(i);
                scalar(setting, position == null ? line : position.line(), array.get(i), list);
            }
        } else if (value instanceof TomlTable table && isTable(setting)) {
            for (var key : table.keySet()) {
                scalar(setting, lineOf(table, key), assignment(key, table.get(List.of(key))), list);
            }
        } else {
            scalar(setting, line, value, list);
        }
    }

    private static boolean isTable(Setting<?> setting) {
        return setting.equals(Settings.ENV)
                || setting.equals(Settings.SESSION_COOKIE)
                || setting.equals(Settings.HOOKS)
                || setting.equals(Settings.OTLP_HEADER)
                || setting.equals(Settings.METRICS_TAG)
                || setting.equals(Settings.REQUEST_TIMEOUT_FOR);
    }

    private void scalar(Setting<?> setting, int line, @Nullable Object value, List<Given> list) {
        if (isScalar(value)) {
            list.add(new Given(String.valueOf(value), new Origin.FileLine(name, line)));
        } else {
            refuse(
                    line,
                    setting.name() + ": a list or table is not a value of it. Give "
                            + setting.syntax().expected() + ".");
        }
    }

    private static @Nullable Object assignment(String key, @Nullable Object value) {
        return isScalar(value) ? key + "=" + value : value;
    }

    private static boolean isScalar(@Nullable Object value) {
        return value != null && !(value instanceof TomlArray) && !(value instanceof TomlTable);
    }

    private void refuse(int line, String text) {
        problems.accept(new Problem(name + ":" + line, text));
    }

    private static int lineOf(TomlTable table, String key) {
        var position = table.inputPositionOf(List.of(key));
        return position == null ? 1 : position.line();
    }
}
