package dev.narwhal.master.config;

import dev.narwhal.contract.ResourceSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What counts for every setting once the sources are laid over each other: the strongest source's texts, or the default. */
public final class Givens {

    private final Map<Setting<?>, List<Given>> strongest = new HashMap<>();
    private List<ResourceSpec> resources = List.of();

    /** Takes what a source gives, unless a stronger source, which comes earlier, gave the setting already. */
    void add(Map<Setting<?>, List<Given>> source) {
        source.forEach((setting, givens) -> {
            if (!givens.isEmpty()) {
                strongest.putIfAbsent(setting, List.copyOf(givens));
            }
        });
    }

    /** Takes the resources, which only a file can give. */
    void add(List<ResourceSpec> fromFile) {
        resources = List.copyOf(fromFile);
    }

    List<ResourceSpec> resources() {
        return resources;
    }

    /** Every text that holds, in order. */
    public List<Given> of(Setting<?> setting) {
        var givens = strongest.get(setting);
        if (givens == null) {
            return setting.fallback().texts().stream()
                    .map(text -> new Given(text, new Origin.Fallback()))
                    .toList();
        }
        return setting.repeatable() ? givens : List.of(givens.getLast());
    }

    /** Whether an operator gave it. */
    boolean has(Setting<?> setting) {
        return strongest.containsKey(setting);
    }

    /**
     * Every value that holds, in order.
     *
     * @throws BadValueException for the first text that is none of the setting's values
     */
    <T> List<T> all(Setting<T> setting) {
        return of(setting).stream()
                .map(given -> setting.syntax().parse(given.text()))
                .toList();
    }

    <T> Optional<T> optional(Setting<T> setting) {
        return all(setting).stream().findFirst();
    }

    /** The value of a setting that has a default. */
    <T> T one(Setting<T> setting) {
        return optional(setting).orElseThrow();
    }

    /** What is wrong with the texts of the setting. */
    Stream<Problem> problems(Setting<?> setting) {
        return of(setting).stream().flatMap(given -> problem(setting, given).stream());
    }

    private static Optional<Problem> problem(Setting<?> setting, Given given) {
        try {
            setting.syntax().parse(given.text());
            return Optional.empty();
        } catch (BadValueException e) {
            var source = given.origin().toString();
            // A line of the file alone would not say which key is meant when a table or a list spans lines.
            var where = given.origin() instanceof Origin.FileLine ? source + ": " + setting.name() : source;
            return Optional.of(new Problem(where, String.valueOf(e.getMessage())));
        }
    }
}
