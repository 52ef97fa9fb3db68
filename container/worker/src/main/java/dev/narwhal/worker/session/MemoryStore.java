package dev.narwhal.worker.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Sessions in this process alone: for one worker, and gone with it. */
public final class MemoryStore implements SessionStore {

    private record Key(String context, String id) {}

    private static final class Entry {
        private Key key;
        private long version;
        private Times times;
        private final Map<String, StoredAttribute> attributes = new HashMap<>();

        private Entry(Key key, Times times) {
            this.key = key;
            this.times = times;
        }
    }

    private final Map<Key, Long> numbers = new HashMap<>();
    private final Map<Long, Entry> entries = new HashMap<>();
    private final Map<String, Long> bytes = new HashMap<>();
    private long last;

    @Override
    public synchronized Optional<StoredSession> load(String context, String id, Memory memory) {
        var number = numbers.get(new Key(context, id));
        if (number == null) {
            return Optional.empty();
        }
        var entry = entry(number);
        var known = memory.of(number);
        if (known.version() == entry.version) {
            return Optional.of(new StoredSession(number, id, entry.version, entry.times, Optional.empty()));
        }
        return Optional.of(stored(number, entry, known));
    }

    private Entry entry(long number) {
        var entry = entries.get(number);
        if (entry == null) {
            throw new IllegalStateException("no session has the number " + number);
        }
        return entry;
    }

    private static StoredSession stored(long number, Entry entry, Known known) {
        List<StoredAttribute> attributes = new ArrayList<>();
        for (var attribute : entry.attributes.values()) {
            attributes.add(
                    attribute.version() == known.version(attribute.name())
                            ? new StoredAttribute(attribute.name(), attribute.version(), Optional.empty())
                            : attribute);
        }
        return new StoredSession(number, entry.key.id(), entry.version, entry.times, Optional.of(attributes));
    }

    @Override
    public synchronized Committed create(String context, String id, Times times, Map<String, Serialized> attributes) {
        var key = new Key(context, id);
        if (numbers.containsKey(key)) {
            throw new StoreException("storing a new session of %s: its id is in use".formatted(context));
        }
        long number = ++last;
        var entry = new Entry(key, times);
        entry.version = 1;
        attributes.forEach((name, value) -> put(entry, name, Optional.of(value)));
        numbers.put(key, number);
        entries.put(number, entry);
        return new Committed(number, 0, entry.version);
    }

    @Override
    public synchronized Optional<Committed> commit(long number, Change change) {
        var entry = entries.get(number);
        if (entry == null) {
            return Optional.empty();
        }
        long before = entry.version;
        entry.times = entry.times.after(change);
        if (!change.attributes().isEmpty()) {
            entry.version++;
            change.attributes().forEach((name, value) -> put(entry, name, value));
        }
        return Optional.of(new Committed(number, before, entry.version));
    }

    /** Or without a value removes it. */
    private void put(Entry entry, String name, Optional<Serialized> value) {
        var before = value.isPresent()
                ? entry.attributes.put(name, new StoredAttribute(name, entry.version, value))
                : entry.attributes.remove(name);
        long now = value.isPresent() ? length(name, value) : 0;
        long then = before == null ? 0 : length(name, before.value());
        bytes.merge(entry.key.context(), now - then, Long::sum);
    }

    private static long length(String name, Optional<Serialized> value) {
        return (long) name.length() + value.orElseThrow().length();
    }

    @Override
    public synchronized boolean rename(long number, String id) {
        var entry = entries.get(number);
        if (entry == null) {
            return false;
        }
        var key = new Key(entry.key.context(), id);
        if (numbers.containsKey(key)) {
            throw new StoreException("changing a session's id: the new one is in use");
        }
        numbers.remove(entry.key);
        entry.key = key;
        numbers.put(key, number);
        return true;
    }

    @Override
    public synchronized Optional<StoredSession> take(long number) {
        var entry = entries.remove(number);
        if (entry == null) {
            return Optional.empty();
        }
        numbers.remove(entry.key);
        entry.attributes.forEach(
                (name, gone) -> bytes.merge(entry.key.context(), -length(name, gone.value()), Long::sum));
        return Optional.of(stored(number, entry, LiveSession.NOTHING_KNOWN));
    }

    @Override
    public synchronized Optional<StoredSession> takeExpired(String context, long now) {
        for (var entry : entries.entrySet()) {
            if (entry.getValue().key.context().equals(context)
                    && entry.getValue().times.expired(now)) {
                return take(entry.getKey());
            }
        }
        return Optional.empty();
    }

    @Override
    public synchronized boolean contains(long number) {
        return entries.containsKey(number);
    }

    @Override
    public synchronized Set<String> ids(String context) {
        return numbers.keySet().stream()
                .filter(key -> key.context().equals(context))
                .map(Key::id)
                .collect(Collectors.toSet());
    }

    /** Names and values of attributes, serialized as they are. */
    @Override
    public synchronized long weight(String context) {
        return bytes.getOrDefault(context, 0L);
    }

    @Override
    public synchronized Optional<Size> size() {
        return Optional.of(new Size(
                entries.size(),
                bytes.values().stream().mapToLong(Long::longValue).sum()));
    }

    @Override
    public boolean lead() {
        return true;
    }

    @Override
    public void maintain() {
        // nothing to look after
    }

    @Override
    public void close() {
        // nothing to let go of
    }
}
