package dev.narwhal.master.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A configuration as an operator reads it: every setting with its origin, as lines of a {@code narwhal.toml}, without passwords.
 *
 * @param settings the line of each setting, by its name
 * @param resources the tables that follow them
 */
public record Effective(SequencedMap<String, String> settings, String resources) {

    public Effective {
        settings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(settings));
    }

    /** This on a server that keeps some settings as they were when it was started, see {@link Unchangeable}. */
    public Effective on(Effective running, List<String> kept) {
        var lines = new LinkedHashMap<>(settings);
        kept.forEach(name -> lines.computeIfPresent(name, (_, wanted) -> running.settings.getOrDefault(name, wanted)));
        return new Effective(lines, resources);
    }

    public String text() {
        return settings.isEmpty() ? resources : String.join("\n", settings.values()) + "\n" + resources;
    }
}
