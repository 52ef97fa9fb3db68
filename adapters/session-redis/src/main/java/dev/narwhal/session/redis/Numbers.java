package dev.narwhal.session.redis;

import java.util.LinkedHashMap;
import java.util.Map;

/** The numbers of sessions that were used lately, so that what is known of one can go with the question for it. Any thread. */
final class Numbers {

    static final long UNKNOWN = 0;

    private static final int MOST = 10_000;

    private record Key(String context, String id) {}

    @SuppressWarnings("serial") // nobody serializes it
    private final Map<Key, Long> numbers = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Long> eldest) {
            return size() > MOST;
        }
    };

    synchronized long of(String context, String id) {
        return numbers.getOrDefault(new Key(context, id), UNKNOWN);
    }

    synchronized void remember(String context, String id, long number) {
        numbers.put(new Key(context, id), number);
    }

    synchronized void forget(String context, String id) {
        numbers.remove(new Key(context, id));
    }
}
