package dev.narwhal.master.config;

import dev.narwhal.contract.ResourceSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A key of a {@code [resources."NAME"]} table: the only declaration of it. */
@SuppressWarnings("ImmutableEnumChecker") // a syntax has functions, which nothing can check
enum ResourceKey {
    DRIVER(
            "driver",
            Syntax.text("the class of a java.sql.Driver, of an XADataSource the driver's own"),
            Kind.DATA_SOURCE,
            Kind.XA_DATA_SOURCE),
    URL("url", Syntax.text("a JDBC URL"), Kind.DATA_SOURCE, Kind.XA_DATA_SOURCE),
    HOST("host", Syntax.text("a mail server"), Kind.MAIL_SESSION),
    PORT("port", Syntax.wholeNumber(1, 65535), Kind.MAIL_SESSION),
    USER("user", anyText(), Kind.DATA_SOURCE, Kind.XA_DATA_SOURCE, Kind.MAIL_SESSION),
    PASSWORD("password", anyText(), Kind.DATA_SOURCE, Kind.XA_DATA_SOURCE, Kind.MAIL_SESSION),
    PASSWORD_FILE("password-file", Syntax.text("a file"), Kind.DATA_SOURCE, Kind.XA_DATA_SOURCE, Kind.MAIL_SESSION),
    MAX_POOL_SIZE("max-pool-size", Syntax.wholeNumber(1, 10_000), Kind.DATA_SOURCE),
    MIN_IDLE("min-idle", Syntax.wholeNumber(0, 10_000), Kind.DATA_SOURCE),
    CONNECTION_TIMEOUT("connection-timeout", Duration.ofMillis(250), Kind.DATA_SOURCE),
    IDLE_TIMEOUT("idle-timeout", Duration.ZERO, Kind.DATA_SOURCE),
    MAX_LIFETIME("max-lifetime", Duration.ofSeconds(30), Kind.DATA_SOURCE),
    KEEPALIVE_TIME("keepalive-time", Duration.ofSeconds(30), Kind.DATA_SOURCE),
    VALIDATION_TIMEOUT("validation-timeout", Duration.ofMillis(250), Kind.DATA_SOURCE),
    LEAK_DETECTION_THRESHOLD("leak-detection-threshold", Duration.ofSeconds(2), Kind.DATA_SOURCE),
    AUTO_COMMIT("auto-commit", flag(), Kind.DATA_SOURCE),
    READ_ONLY("read-only", flag(), Kind.DATA_SOURCE),
    TRANSACTION_ISOLATION("transaction-isolation", isolation(), Kind.DATA_SOURCE),
    CONNECTION_TEST_QUERY("connection-test-query", Syntax.text("an SQL statement"), Kind.DATA_SOURCE),
    CONNECTION_INIT_SQL("connection-init-sql", Syntax.text("an SQL statement"), Kind.DATA_SOURCE),
    CATALOG("catalog", Syntax.text("a catalog"), Kind.DATA_SOURCE),
    SCHEMA("schema", Syntax.text("a schema"), Kind.DATA_SOURCE),
    FACTORY("factory", Syntax.text("the class of a javax.naming.spi.ObjectFactory"), Kind.BEAN),
    VALUE("value", anyText(), Kind.BEAN);

    /** What a resource is, by its type. */
    enum Kind {
        DATA_SOURCE,
        XA_DATA_SOURCE,
        MAIL_SESSION,
        BEAN;

        static Kind of(String type) {
            return switch (type) {
                case ResourceSpec.DATA_SOURCE -> DATA_SOURCE;
                case ResourceSpec.XA_DATA_SOURCE -> XA_DATA_SOURCE;
                case ResourceSpec.MAIL_SESSION -> MAIL_SESSION;
                default -> BEAN;
            };
        }
    }

    /** What a table may have besides: {@code type}, and {@code properties}, which is a table. */
    static final String TYPE = "type";

    static final String PROPERTIES = "properties";

    /** Names of the same things in Tomcat. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("driverClassName", "driver"),
            Map.entry("driver-class-name", "driver"),
            Map.entry("jdbc-url", "url"),
            Map.entry("jdbcUrl", "url"),
            Map.entry("username", "user"),
            Map.entry("maxTotal", "max-pool-size"),
            Map.entry("maxActive", "max-pool-size"),
            Map.entry("maximumPoolSize", "max-pool-size"),
            Map.entry("minIdle", "min-idle"),
            Map.entry("minimumIdle", "min-idle"),
            Map.entry("maxWait", "connection-timeout"),
            Map.entry("maxWaitMillis", "connection-timeout"),
            Map.entry("validationQuery", "connection-test-query"),
            Map.entry("connectionProperties", PROPERTIES));

    private final String word;
    private final Syntax<?> syntax;
    private final Set<Kind> kinds;

    ResourceKey(String word, Syntax<?> syntax, Kind... kinds) {
        this.word = word;
        this.syntax = syntax;
        this.kinds = EnumSet.copyOf(List.of(kinds));
    }

    ResourceKey(String word, Duration least, Kind kind) {
        this(word, DurationSyntax.atLeast(least), kind);
    }

    static Optional<ResourceKey> of(String word) {
        return Arrays.stream(values()).filter(key -> key.word.equals(word)).findFirst();
    }

    /** The keys of one kind, for suggestions. */
    static List<String> words(Kind kind) {
        var words =
                Arrays.stream(values()).filter(key -> key.kinds.contains(kind)).map(key -> key.word);
        return Stream.concat(words, Stream.of(TYPE, PROPERTIES)).toList();
    }

    static String suggestion(String word, Kind kind) {
        var other = ELSEWHERE.get(word);
        return other == null ? Suggestion.of(word, words(kind)) : " Did you mean '" + other + "'?";
    }

    boolean fits(Kind kind) {
        return kinds.contains(kind);
    }

    String word() {
        return word;
    }

    /**
     * The value as workers read it: durations in milliseconds, such as {@code 1500ms}, everything else as given.
     *
     * @throws BadValueException when it is none
     */
    String canonical(String text) {
        var value = syntax.parse(text);
        return value instanceof Duration duration ? duration.toMillis() + "ms" : text;
    }

    private static Syntax<String> anyText() {
        return new Syntax<>("a text", text -> text, text -> text);
    }

    private static Syntax<Boolean> flag() {
        return Syntax.trueOrFalse();
    }

    private static Syntax<String> isolation() {
        var levels = new LinkedHashMap<String, String>();
        for (var level : List.of("read-uncommitted", "read-committed", "repeatable-read", "serializable")) {
            levels.put(level, "TRANSACTION_" + level.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
        return Syntax.oneOf(levels);
    }
}
