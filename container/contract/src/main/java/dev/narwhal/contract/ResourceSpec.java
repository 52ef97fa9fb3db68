package dev.narwhal.contract;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Something that applications find by name, as the operator wants it: a {@code [resources."jdbc/orders"]} of {@code narwhal.toml}.
 * It may have passwords, so it goes to workers in memory that only they inherit, never on a command line.
 *
 * @param name below {@code java:comp/env/}: {@code jdbc/orders}
 * @param origin where it was given, for messages: {@code narwhal.toml:12}
 * @param type a class or interface name: {@code javax.sql.DataSource}
 * @param settings the other keys; durations are milliseconds: {@code 1500ms}
 * @param properties what the driver, the mail session or the bean is given
 */
public record ResourceSpec(
        String name, String origin, String type, Map<String, String> settings, Map<String, String> properties) {

    public static final String DATA_SOURCE = "javax.sql.DataSource";
    public static final String XA_DATA_SOURCE = "javax.sql.XADataSource";
    public static final String MAIL_SESSION = "jakarta.mail.Session";

    private static final String MASK = "********";
    private static final Pattern SECRET = Pattern.compile(
            "pass(word|wd|phrase)|secret|token|credential|api_?-?key|private_?-?key", Pattern.CASE_INSENSITIVE);
    private static final Pattern SECRET_IN_URL =
            Pattern.compile("([?&;:/][^?&;=:/]*(?:password|passwd|pwd|secret|token)=)[^&;]*", Pattern.CASE_INSENSITIVE);

    private static final String SETTING = "setting.";
    private static final String PROPERTY = "property.";

    public ResourceSpec {
        settings = Map.copyOf(settings);
        properties = Map.copyOf(properties);
    }

    public Optional<String> setting(String key) {
        return Optional.ofNullable(settings.get(key));
    }

    /** One line for each resource. */
    public static String format(Collection<ResourceSpec> resources) {
        return resources.stream().map(ResourceSpec::line).collect(Collectors.joining("\n"));
    }

    private String line() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("name", name);
        fields.put("origin", origin);
        fields.put("type", type);
        settings.forEach((key, value) -> fields.put(SETTING + key, value));
        // A property's name may be anything, a key of a line may not.
        int count = 0;
        for (var property : new TreeMap<>(properties).entrySet()) {
            fields.put(PROPERTY + count++, property.getKey() + "=" + property.getValue());
        }
        return new Line("resource", fields).format();
    }

    /** Reads what {@link #format} gives. */
    public static List<ResourceSpec> parse(String text) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .map(ResourceSpec::of)
                .toList();
    }

    private static ResourceSpec of(String text) {
        var line = Line.parse(text);
        var settings = new LinkedHashMap<String, String>();
        var properties = new LinkedHashMap<String, String>();
        line.fields().forEach((key, value) -> {
            if (key.startsWith(SETTING)) {
                settings.put(key.substring(SETTING.length()), value);
            } else if (key.startsWith(PROPERTY)) {
                var property = Arguments.pair(value);
                properties.put(property.getKey(), property.getValue());
            }
        });
        return new ResourceSpec(line.field("name"), line.field("origin"), line.field("type"), settings, properties);
    }

    /** The same with stars in place of what may be secret, also in URLs. */
    public ResourceSpec masked() {
        return new ResourceSpec(name, origin, type, masked(settings), masked(properties));
    }

    private static Map<String, String> masked(Map<String, String> texts) {
        var masked = new LinkedHashMap<String, String>();
        texts.forEach((key, text) -> masked.put(
                key,
                SECRET.matcher(key).find() && !key.endsWith("-file")
                        ? MASK
                        : SECRET_IN_URL.matcher(text).replaceAll("$1" + MASK)));
        return masked;
    }

    /** Without what may be secret. */
    @Override
    public String toString() {
        return name + " (" + type + ", " + origin + ")";
    }
}
