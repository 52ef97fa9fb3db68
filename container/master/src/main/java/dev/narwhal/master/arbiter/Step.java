package dev.narwhal.master.arbiter;

import java.util.List;

/** What an event led to. */
public record Step(Pool pool, List<Effect> effects) {
    public Step {
        effects = List.copyOf(effects);
    }
}
