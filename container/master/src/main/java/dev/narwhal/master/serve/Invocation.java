package dev.narwhal.master.serve;

import java.nio.file.Path;
import java.util.List;

/**
 * How this master was started, so that it can start another one that way.
 *
 * @param launcher {@code bin/narwhal} as it was called: perhaps a link that leads to another distribution by now
 * @param words what followed it
 */
public record Invocation(Path launcher, List<String> words) {

    public Invocation {
        words = List.copyOf(words);
    }
}
