package dev.narwhal.master.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * How the values of a setting are written.
 *
 * @param expected completes "Give …" in messages and describes the values in the documentation
 * @param parser reads a text or throws {@link BadValueException}
 * @param writer the text that {@code parser} reads back, as {@code --print-config} shows it; secrets are masked
 */
public record Syntax<T>(String expected, Function<String, T> parser, Function<T, String> writer) {

    private static final Pattern SECRET = Pattern.compile(
            "pass(word|wd|phrase)|secret|token|credential|api_?-?key|private_?-?key", Pattern.CASE_INSENSITIVE);
    private static final String MASK = "********";

    /** The path of a request, with a query perhaps. */
    static Syntax<String> requestPath() {
        var expected = "a path such as /shop/?page=1";
        return new Syntax<>(
                expected,
                text -> {
                    if (!text.matches("/[!-~&&[^#]]*")) {
                        throw new BadValueException("'" + text + "' is not " + expected + ".");
                    }
                    return text;
                },
                text -> text);
    }

    /**
     * The value that {@code text} stands for.
     *
     * @throws BadValueException when it is none
     */
    public T parse(String text) {
        return parser.apply(text);
    }

    String write(T value) {
        return writer.apply(value);
    }

    static Syntax<String> text(String expected) {
        return new Syntax<>(
                expected,
                text -> {
                    if (text.isBlank()) {
                        throw new BadValueException("the value is empty. Give " + expected + ".");
                    }
                    return text;
                },
                text -> text);
    }

    static Syntax<Integer> wholeNumber(int least, int most) {
        var expected = "a whole number from " + least + " to " + most;
        return new Syntax<>(
                expected,
                text -> {
                    if (text.matches("[0-9]{1,9}")) {
                        int number = Integer.parseInt(text);
                        if (number >= least && number <= most) {
                            return number;
                        }
                    }
                    throw new BadValueException("'" + text + "' is not " + expected + ".");
                },
                number -> Integer.toString(number));
    }

    /** One of a few words, in any case; messages name them in this order. */
    static <T> Syntax<T> oneOf(SequencedMap<String, T> words) {
        var expected = String.join(", ", words.keySet());
        var byWord = new LinkedHashMap<>(words);
        return new Syntax<>(
                "one of " + expected,
                text -> {
                    var value = byWord.get(text.toLowerCase(Locale.ROOT));
                    if (value == null) {
                        throw new BadValueException("'" + text + "' is not one of " + expected + "."
                                + Suggestion.of(text, byWord.keySet()));
                    }
                    return value;
                },
                value -> byWord.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(value))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow());
    }

    static Syntax<Boolean> trueOrFalse() {
        var words = new LinkedHashMap<String, Boolean>();
        words.put("true", true);
        words.put("false", false);
        return oneOf(words);
    }

    /** {@code N}, as Gunicorn has it, {@code MIN..MAX} or {@code auto}. */
    static Syntax<WorkerCount> workerCount(int most) {
        var number = wholeNumber(1, most);
        var expected = number.expected() + ", two of them such as 2..8, or auto";
        return new Syntax<>(
                expected,
                text -> {
                    if (text.equalsIgnoreCase("auto")) {
                        return new WorkerCount.Auto();
                    }
                    int dots = text.indexOf("..");
                    try {
                        return dots < 0
                                ? new WorkerCount.Exactly(number.parse(text))
                                : range(number.parse(text.substring(0, dots)), number.parse(text.substring(dots + 2)));
                    } catch (BadValueException _) {
                        throw new BadValueException("'" + text + "' is not " + expected + ".");
                    }
                },
                count -> switch (count) {
                    case WorkerCount.Auto() -> "auto";
                    case WorkerCount.Exactly(int workers) -> Integer.toString(workers);
                    case WorkerCount.Range(int least, int highest) -> least + ".." + highest;
                });
    }

    private static WorkerCount range(int least, int most) {
        if (least > most) {
            throw new BadValueException(least + " is more than " + most);
        }
        return least == most ? new WorkerCount.Exactly(least) : new WorkerCount.Range(least, most);
    }

    static Syntax<Bind> bind() {
        return new Syntax<>(
                "HOST:PORT, [IPV6]:PORT, :PORT for all IPv4 addresses, or PORT for 127.0.0.1, with https:// before it for TLS",
                Bind::parse,
                Bind::toString);
    }

    /** An address that never has TLS. */
    static Syntax<Bind> plainBind() {
        return new Syntax<>(
                "HOST:PORT, [IPV6]:PORT, :PORT for all IPv4 addresses, or PORT for 127.0.0.1",
                text -> {
                    var bind = Bind.parse(text);
                    if (bind.descriptor().isPresent()) {
                        throw new BadValueException("'" + text
                                + "' is a socket of somebody else, which cannot be taken here. Give HOST:PORT.");
                    }
                    if (bind.tls()) {
                        throw new BadValueException("'" + text + "' asks for TLS, which is not served here. Give "
                                + new Bind(bind.host(), bind.port()) + ".");
                    }
                    return bind;
                },
                Bind::toString);
    }

    static Syntax<Map.Entry<String, String>> assignment() {
        return new Syntax<>(
                "KEY=VALUE",
                text -> {
                    int equals = text.indexOf('=');
                    if (equals < 1 || text.substring(0, equals).isBlank()) {
                        throw new BadValueException("'" + text + "' is not KEY=VALUE.");
                    }
                    return Map.entry(text.substring(0, equals), text.substring(equals + 1));
                },
                entry -> mask(entry.getKey() + "=" + entry.getValue()));
    }

    /** Hides the value of {@code DB_PASSWORD=…} and {@code -Ddb.password=…}: effective configurations end up in tickets. */
    static String mask(String assignment) {
        int equals = assignment.indexOf('=');
        return equals > 0 && SECRET.matcher(assignment.substring(0, equals)).find()
                ? assignment.substring(0, equals + 1) + MASK
                : assignment;
    }
}
