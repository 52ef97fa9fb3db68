package dev.narwhal.master.config;

import java.util.List;
import java.util.Locale;

/**
 * One thing that an operator can set: the only declaration of it, from which the flag, the environment variable, the key of
 * the file, the help, the reference page and {@code --print-config} come.
 *
 * @param name the key in {@code narwhal.toml}, such as {@code boot-timeout}
 * @param section where help and documentation show it
 * @param flags the names on the command line, short ones first, aliases last; empty for what is an argument
 * @param metavar what stands for the value in help texts; empty for a switch, whose flag has none
 * @param syntax how a value is read, checked and written
 * @param occurs whether it may be given several times
 * @param fallback what holds when no source gives it
 * @param description whole sentences for the operator, with units
 */
public record Setting<T>(
        String name,
        Section section,
        List<String> flags,
        String metavar,
        Syntax<T> syntax,
        Occurs occurs,
        Default fallback,
        String description) {

    /** The headings of the help, in this order. */
    public enum Section {
        APPLICATIONS("Applications"),
        LISTENING("Listening"),
        WORKERS("Workers"),
        TIME_LIMITS("Time limits"),
        RECYCLING("Recycling"),
        REQUESTS("Requests"),
        SECURITY("Security"),
        SESSIONS("Sessions"),
        RELEASES("Releases"),
        LOGGING("Logging"),
        METRICS("Metrics"),
        MASTER("Master");

        private final String title;

        Section(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /** How often a setting may be given; the strongest source that gives it at all wins as a whole. */
    public enum Occurs {
        /** One value; given twice on the command line, the last one holds. */
        ONCE,
        /** One value, {@code true} or {@code false}; the flag alone means true. */
        SWITCH,
        /** A list: a repeated flag, an array in the file, values separated by commas in the environment. */
        LIST,
        /** A list of texts which may themselves contain commas: the environment gives one text. */
        TEXTS
    }

    /** What holds when no source gives the setting. */
    public sealed interface Default {

        /** These values, written as the operator would write them. */
        record Values(List<String> texts) implements Default {

            public Values {
                texts = List.copyOf(texts);
            }
        }

        /** No value; {@code meaning} says what that leads to. */
        record Unset(String meaning) implements Default {}

        static Default of(String text) {
            return new Values(List.of(text));
        }

        static Default unset(String meaning) {
            return new Unset(meaning);
        }

        default List<String> texts() {
            return switch (this) {
                case Values(List<String> texts) -> texts;
                case Unset _ -> List.of();
            };
        }

        /** For help and documentation. */
        default String describe() {
            return switch (this) {
                case Values(List<String> texts) -> String.join(", ", texts);
                case Unset(String meaning) -> meaning;
            };
        }
    }

    public Setting {
        flags = List.copyOf(flags);
    }

    /** The name in the environment: {@code NARWHAL_BOOT_TIMEOUT}. */
    public String variable() {
        return "NARWHAL_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** What messages call it when it came from the command line: {@code --boot-timeout}; of arguments, {@code command line}. */
    public String flag() {
        return flags.stream().filter(flag -> flag.startsWith("--")).findFirst().orElse("command line");
    }

    public boolean repeatable() {
        return occurs == Occurs.LIST || occurs == Occurs.TEXTS;
    }

    /** The values that a text in the environment stands for. */
    List<String> splitVariable(String text) {
        return switch (occurs) {
            case ONCE, SWITCH, TEXTS -> List.of(text);
            case LIST ->
                List.of(text.split(",", -1)).stream()
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList();
        };
    }
}
