package dev.narwhal.worker.session;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps what was used last from being collected, up to a part of the heap. */
final class Recent {

    private record Kept(LiveSession session, long weight) {}

    private final long most = Runtime.getRuntime().maxMemory() / 16;
    private final Map<Long, Kept> byUse = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;

    synchronized void use(LiveSession session) {
        var kept = new Kept(session, session.weight());
        var before = byUse.put(session.number(), kept);
        weight += kept.weight() - (before == null ? 0 : before.weight());
        var eldest = byUse.values().iterator();
        while (weight > most && eldest.hasNext()) {
            weight -= eldest.next().weight();
            eldest.remove();
        }
    }

    synchronized void remove(LiveSession session) {
        var kept = byUse.remove(session.number());
        if (kept != null) {
            weight -= kept.weight();
        }
    }
}
