package dev.narwhal.master.config;

import dev.narwhal.contract.ResourceSpec;
import dev.narwhal.master.config.ResourceKey.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** Reads the {@code [resources."NAME"]} tables of a configuration file: what applications find by name. */
final class ResourceTables {

    static final String KEY = "resources";

    private static final String EXAMPLE = "[resources.\"jdbc/orders\"]";
    private static final List<String> PREFIXES = List.of("java:comp/env/", "java:/comp/env/");

    private final String file;
    private final Path workingDirectory;
    private final Consumer<Problem> problems;

    /** @param file what messages call the file */
    ResourceTables(String file, Path workingDirectory, Consumer<Problem> problems) {
        this.file = file;
        this.workingDirectory = workingDirectory;
        this.problems = problems;
    }

    /** Every resource that is without a problem. */
    List<ResourceSpec> read(int line, @Nullable Object value) {
        if (!(value instanceof TomlTable tables)) {
            refuse(line, KEY, "it is not a table. Write " + EXAMPLE + " and its keys below.");
            return List.of();
        }
        var resources = new ArrayList<ResourceSpec>();
        for (var name : tables.keySet()) {
            int at = lineOf(tables, name, line);
            if (tables.get(List.of(name)) instanceof TomlTable table) {
                resource(name, at, table).ifPresent(resources::add);
            } else {
                refuse(at, KEY + "." + name, "it is not a table. Write [" + KEY + ".\"" + name + "\"].");
            }
        }
        return resources;
    }

    private Optional<ResourceSpec> resource(String name, int line, TomlTable table) {
        var where = KEY + ".\"" + name + "\"";
        // jdbc.orders without quotes is a table in a table
        if (!table.isEmpty() && table.keySet().stream().allMatch(key -> table.get(List.of(key)) instanceof TomlTable)) {
            refuse(line, where, "it has nothing but tables. Names with dots or slashes need quotes: " + EXAMPLE + ".");
            return Optional.empty();
        }
        var type = type(table);
        if (type.isEmpty()) {
            refuse(
                    line,
                    where,
                    "it has no type. Add type = \"" + ResourceSpec.DATA_SOURCE + "\", \"" + ResourceSpec.MAIL_SESSION
                            + "\" or a class.");
            return Optional.empty();
        }
        var kind = Kind.of(type.get());
        var settings = new LinkedHashMap<String, String>();
        var properties = new LinkedHashMap<String, String>();
        boolean valid = true;
        for (var key : table.keySet()) {
            valid &= take(
                    new Entry(where, lineOf(table, key, line), key, table.get(List.of(key))),
                    kind,
                    settings,
                    properties);
        }
        valid &= isWhole(where, line, type.get(), kind, settings);
        return valid
                ? Optional.of(new ResourceSpec(local(name), file + ":" + line, type.get(), settings, properties))
                : Optional.empty();
    }

    private record Entry(
            String table, int line, String key, @Nullable Object value) {}

    private static Optional<String> type(TomlTable table) {
        if (table.get(List.of(ResourceKey.TYPE)) instanceof String type && !type.isBlank()) {
            // the name that applications of old use
            return Optional.of(type.equals("javax.mail.Session") ? ResourceSpec.MAIL_SESSION : type);
        }
        return table.contains(List.of(ResourceKey.URL.word()))
                ? Optional.of(ResourceSpec.DATA_SOURCE)
                : Optional.empty();
    }

    private static String local(String name) {
        return PREFIXES.stream()
                .filter(name::startsWith)
                .findFirst()
                .map(prefix -> name.substring(prefix.length()))
                .orElse(name);
    }

    private boolean take(Entry entry, Kind kind, Map<String, String> settings, Map<String, String> properties) {
        if (entry.key().equals(ResourceKey.TYPE)) {
            return true;
        }
        if (entry.key().equals(ResourceKey.PROPERTIES)) {
            return takeProperties(entry, properties);
        }
        var known = ResourceKey.of(entry.key()).filter(key -> key.fits(kind));
        if (known.isEmpty()) {
            return refuse(
                    entry.line(),
                    entry.table(),
                    "no such key '" + entry.key() + "'." + ResourceKey.suggestion(entry.key(), kind));
        }
        if (entry.value() == null || entry.value() instanceof TomlArray || entry.value() instanceof TomlTable) {
            return refuse(entry.line(), entry.table(), entry.key() + ": a list or table is not a value of it.");
        }
        try {
            settings.put(entry.key(), canonical(known.get(), String.valueOf(entry.value())));
            return true;
        } catch (BadValueException e) {
            return refuse(entry.line(), entry.table(), entry.key() + ": " + e.getMessage());
        }
    }

    private String canonical(ResourceKey key, String text) {
        var value = key.canonical(text);
        return key == ResourceKey.PASSWORD_FILE ? passwordFile(value) : value;
    }

    private String passwordFile(String text) {
        var path = workingDirectory.resolve(text).toAbsolutePath().normalize();
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new BadValueException(
                    (Files.exists(path) ? text + " is not a file that this user may read" : "no such file " + text)
                            + " (working directory: " + workingDirectory + ").");
        }
        return path.toString();
    }

    private boolean takeProperties(Entry entry, Map<String, String> properties) {
        if (!(entry.value() instanceof TomlTable table)) {
            return refuse(
                    entry.line(),
                    entry.table(),
                    "properties: it is not a table. Write properties = { key = \"value\" }.");
        }
        for (var property : table.entryPathSet()) {
            // mail.smtp.host means the same with and without quotes
            var key = String.join(".", property.getKey());
            if (property.getValue() instanceof TomlArray) {
                return refuse(entry.line(), entry.table(), "properties: " + key + ": a list is not a value of it.");
            }
            properties.put(key, String.valueOf(property.getValue()));
        }
        return true;
    }

    private boolean isWhole(String where, int line, String type, Kind kind, Map<String, String> settings) {
        boolean valid = true;
        if (kind == Kind.DATA_SOURCE && !settings.containsKey(ResourceKey.URL.word())) {
            valid = refuse(line, where, "it has no url. Add url = \"jdbc:...\".");
        }
        if (kind == Kind.XA_DATA_SOURCE && !settings.containsKey(ResourceKey.DRIVER.word())) {
            valid = refuse(line, where, "it has no driver. Add the driver's own class that is an XADataSource.");
        }
        if (kind == Kind.BEAN && type.startsWith("javax.sql.")) {
            valid = refuse(line, where, "type: " + type + " is not provided. Use " + ResourceSpec.DATA_SOURCE + ".");
        }
        if (settings.containsKey(ResourceKey.PASSWORD.word())
                && settings.containsKey(ResourceKey.PASSWORD_FILE.word())) {
            valid = refuse(line, where, "it has both password and password-file. Remove one of them.");
        }
        return valid;
    }

    /** Returns false, for the caller to return. */
    private boolean refuse(int line, String table, String text) {
        problems.accept(new Problem(file + ":" + line, table + ": " + text));
        return false;
    }

    private static int lineOf(TomlTable table, String key, int otherwise) {
        var position = table.inputPositionOf(List.of(key));
        return position == null ? otherwise : position.line();
    }
}
