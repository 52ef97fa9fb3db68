package dev.narwhal.worker.session;

import dev.narwhal.worker.session.SessionStore.Committed;
import dev.narwhal.worker.session.SessionStore.Known;
import dev.narwhal.worker.session.SessionStore.StoredAttribute;
import dev.narwhal.worker.session.SessionStore.StoredSession;
import jakarta.servlet.http.HttpSessionActivationListener;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What this worker has of a session. All requests of the worker share it, so an object that one put into it is the same object for another, as
 * long as no other worker replaces it.
 *
 * <p>{@code lock} is held for a few instructions at a time, never while application code or the store runs; {@code saving} during a whole
 * save, so that what was serialized later is also written later.
 */
final class LiveSession implements Known {

    private enum State {
        /** Not in the store yet. */
        NEW,
        STORED,
        /** No longer in the store; its listeners may still read it. */
        ENDING,
        ENDED
    }

    static final Known NOTHING_KNOWN = new Known() {
        @Override
        public long version() {
            return 0;
        }

        @Override
        public long version(String attribute) {
            return 0;
        }
    };

    private final Sessions sessions;
    private final String firstId;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock saving = new ReentrantLock();
    private final Map<String, Slot> slots = new ConcurrentHashMap<>();
    private volatile State state;
    private volatile String id;
    private volatile long number;
    private volatile long version;
    private volatile Times times;
    private volatile OptionalInt newMaxInactive = OptionalInt.empty();
    /** Where a save is waiting to be written. Set under {@code saving}. */
    private volatile @Nullable GroupCommit unfinished;

    private LiveSession(Sessions sessions, State state, String id, long number, Times times) {
        this.sessions = sessions;
        this.state = state;
        this.firstId = id;
        this.id = id;
        this.number = number;
        this.times = times;
    }

    static LiveSession create(Sessions sessions, String id, Times times) {
        return new LiveSession(sessions, State.NEW, id, 0, times);
    }

    static LiveSession of(Sessions sessions, StoredSession stored) {
        return new LiveSession(sessions, State.STORED, stored.id(), stored.number(), stored.times());
    }

    String id() {
        return id;
    }

    String firstId() {
        return firstId;
    }

    long number() {
        return number;
    }

    boolean isNew() {
        return state == State.NEW;
    }

    boolean ended() {
        return state == State.ENDED;
    }

    Times times() {
        return times;
    }

    int maxInactive() {
        return newMaxInactive.orElse(times.maxInactive());
    }

    void maxInactive(int seconds) {
        newMaxInactive = OptionalInt.of(seconds);
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public long version(String attribute) {
        var slot = slots.get(attribute);
        return slot == null ? 0 : slot.version;
    }

    /** Roughly, in bytes of heap. */
    long weight() {
        long weight = 512;
        for (var slot : slots.values()) {
            var stored = slot.stored;
            weight += 128 + (stored == null ? 0 : 4L * stored.length());
        }
        return weight;
    }

    // ---- what the store says

    /** Takes over what is newer. What this worker is about to write stays. */
    void merge(StoredSession read) {
        lock.lock();
        try {
            if (state != State.STORED && state != State.ENDING) {
                return;
            }
            id = read.id();
            if (read.times().touched() >= times.touched()) {
                times = read.times();
            }
            if (read.attributes().isPresent()
                    && read.version() > version
                    && take(read.attributes().get())) {
                version = read.version();
            }
        } finally {
            lock.unlock();
        }
    }

    /** False if something is missing that was thought to be known here. */
    private boolean take(Collection<StoredAttribute> attributes) {
        boolean complete = true;
        var names = new HashSet<String>();
        for (var attribute : attributes) {
            names.add(attribute.name());
            var slot = slots.get(attribute.name());
            if (slot != null && (slot.pending || slot.local || slot.version >= attribute.version())) {
                continue;
            }
            if (attribute.value().isPresent()) {
                slots.put(
                        attribute.name(),
                        Slot.stored(
                                attribute.name(),
                                attribute.version(),
                                attribute.value().get()));
            } else {
                complete = false;
            }
        }
        slots.values().removeIf(slot -> !slot.pending && !slot.local && !names.contains(slot.name));
        return complete;
    }

    // ---- attributes

    Set<String> names() {
        var names = new HashSet<String>();
        for (var slot : slots.values()) {
            if (slot.present()) {
                names.add(slot.name);
            }
        }
        return names;
    }

    @Nullable
    Object get(SessionView view, String name) {
        var slot = slots.get(name);
        if (slot == null || !slot.present()) {
            return null;
        }
        var value = value(slot);
        if (value != null) {
            expose(view, slot, value);
        }
        return value;
    }

    /** Deserializes it unless that was done before; drops it when that is impossible. */
    private @Nullable Object value(Slot slot) {
        Serialized bytes;
        lock.lock();
        try {
            if (slot.live) {
                return slot.value;
            }
            bytes = slot.stored;
        } finally {
            lock.unlock();
        }
        if (bytes == null) {
            return null;
        }
        Object value;
        Serialized baseline;
        try {
            value = sessions.marshaller().read(slot.name, bytes);
            // What it was serialized from may have looked different, such as a HashMap with another capacity.
            baseline =
                    Immutables.contains(value) ? bytes : sessions.marshaller().write(slot.name, value);
        } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError | StackOverflowError e) {
            drop(slot, e);
            return null;
        }
        lock.lock();
        try {
            if (!slot.live) {
                slot.value = value;
                slot.stored = baseline;
                slot.live = true;
            }
            return slot.value;
        } finally {
            lock.unlock();
        }
    }

    private void drop(Slot slot, Throwable cause) {
        lock.lock();
        try {
            if (slots.get(slot.name) == slot) {
                slots.put(slot.name, Slot.pending(slot.name, null, slot));
            }
        } finally {
            lock.unlock();
        }
        sessions.warnings().unreadable(slot.name, cause);
    }

    private void expose(SessionView view, Slot slot, Object value) {
        if (Immutables.contains(value)) {
            return;
        }
        boolean first = view.expose(slot);
        lock.lock();
        try {
            if (first) {
                slot.holders++;
            }
        } finally {
            lock.unlock();
        }
        activate(view, slot, value);
    }

    /** Before anybody gets it. */
    private void activate(SessionView view, Slot slot, Object value) {
        boolean wasPassive;
        lock.lock();
        try {
            wasPassive = slot.passive;
            slot.passive = false;
        } finally {
            lock.unlock();
        }
        if (wasPassive && value instanceof HttpSessionActivationListener listener) {
            sessions.activation().activated(view, listener);
        }
    }

    /** A value that leaves the session; its listeners will get it. */
    private @Nullable Object leaving(SessionView view, @Nullable Slot slot) {
        if (slot == null || !slot.present()) {
            return null;
        }
        var value = value(slot);
        if (value != null) {
            activate(view, slot, value);
        }
        return value;
    }

    /**
     * Puts a value in the place of another.
     *
     * @return the other one
     * @throws IllegalArgumentException if it cannot be serialized, unless the sessions are lenient
     */
    @Nullable
    Object put(SessionView view, String name, Object value) {
        boolean local = !canBeStored(name, value);
        var replaced = leaving(view, slots.get(name));
        Slot slot;
        lock.lock();
        try {
            slot = Slot.pending(name, value, slots.get(name));
            slot.local = local;
            slots.put(name, slot);
        } finally {
            lock.unlock();
        }
        if (local) {
            sessions.pin(this);
        }
        expose(view, slot, value);
        return replaced;
    }

    /** Of a text that is too long without looking at each character. */
    private boolean canBeStored(String name, Object value) {
        if (Immutables.contains(value)) {
            if (value instanceof String text) {
                refuseTooLarge(name, text.length());
            }
            return true;
        }
        Serialized bytes;
        try {
            // Before the application goes on: only here can it be told.
            bytes = sessions.marshaller().write(name, value);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            if (sessions.lenient()) {
                sessions.warnings().local(name, value, e);
                return false;
            }
            throw new IllegalArgumentException(
                    "setting the session attribute '%s': %s. Sessions are shared by several workers, so their values must be serializable."
                            .formatted(name, reason(value, e)),
                    e);
        }
        refuseTooLarge(name, bytes.length());
        return true;
    }

    private void refuseTooLarge(String name, long bytes) {
        long most = sessions.rules().mostBytes();
        if (bytes > most) {
            sessions.counters().refused(sessions.context());
            throw new IllegalArgumentException(
                    "setting the session attribute '%s': it takes %d bytes, and --max-session-size allows a session %d."
                            .formatted(name, bytes, most));
        }
    }

    static String reason(Object value, Throwable failure) {
        var type = value.getClass().getName();
        if (failure instanceof NotSerializableException) {
            return type.equals(failure.getMessage())
                    ? type + " is not serializable"
                    : type + " cannot be serialized, because of " + failure.getMessage();
        }
        return type + " cannot be serialized, because of " + failure;
    }

    @Nullable
    Object remove(SessionView view, String name) {
        var removed = leaving(view, slots.get(name));
        if (removed == null) {
            return null;
        }
        lock.lock();
        try {
            var now = slots.get(name);
            if (state == State.ENDING) {
                slots.remove(name);
            } else if (now != null) {
                slots.put(name, Slot.pending(name, null, now));
            }
        } finally {
            lock.unlock();
        }
        return removed;
    }

    // ---- saving

    /**
     * Writes what has changed.
     *
     * @param last whether the request does nothing more with the session
     */
    void save(SessionView view, long now, boolean last) {
        saving.lock();
        try {
            finish();
            switch (state) {
                case NEW -> insert(view, now, last);
                case STORED -> update(view, now, last);
                case ENDING, ENDED -> {}
            }
        } finally {
            saving.unlock();
        }
    }

    /** For the first that comes after a save which may not be written yet. */
    private void finish() {
        var group = unfinished;
        if (group != null) {
            group.commit();
        }
    }

    /**
     * The last save of a request, written together with those of other sessions.
     *
     * @return false if it is done already
     */
    boolean save(SessionView view, long now, GroupCommit group, Consumer<Optional<StoreException>> over) {
        saving.lock();
        try {
            finish();
            if (state != State.STORED) {
                save(view, now, true);
                return false;
            }
            var change = change(view, now, true);
            change.ifPresent(pending -> {
                unfinished = group;
                group.add(new Unwritten(view, pending, over));
            });
            return change.isPresent();
        } finally {
            saving.unlock();
        }
    }

    /** A save on its way into the store. */
    private final class Unwritten implements GroupCommit.Member {

        private final SessionView view;
        private final Pending pending;
        private final Consumer<Optional<StoreException>> over;

        private Unwritten(SessionView view, Pending pending, Consumer<Optional<StoreException>> over) {
            this.view = view;
            this.pending = pending;
            this.over = over;
        }

        @Override
        public SessionStore.Write write() {
            return new SessionStore.Write(number, pending.change());
        }

        @Override
        public void committed(Optional<Committed> committed) {
            LiveSession.this.committed(pending, committed);
            view.accessIsStored();
            unfinished = null;
        }

        @Override
        public void failed() {
            unfinished = null;
        }

        @Override
        public void over(Optional<StoreException> failure) {
            over.accept(failure);
        }
    }

    private void insert(SessionView view, long now, boolean last) {
        var writes = writes(view, last);
        var attributes = new HashMap<String, Serialized>();
        writes.forEach((slot, bytes) -> bytes.ifPresent(value -> attributes.put(slot.name, value)));
        refuseTooLarge(writes);
        var times = new Times(this.times.created(), this.times.accessed(), now, maxInactive());
        var committed = sessions.store().create(sessions.context(), id, times, attributes);
        lock.lock();
        try {
            this.times = times;
            number = committed.number();
            state = State.STORED;
            written(writes, committed);
        } finally {
            lock.unlock();
        }
        sessions.stored(this);
        sessions.counters().created(sessions.context());
        view.accessIsStored();
    }

    private void update(SessionView view, long now, boolean last) {
        change(view, now, last).ifPresent(pending -> {
            write(pending);
            view.accessIsStored();
        });
    }

    /** What a save is to write, and the slots that it writes. */
    private record Pending(Change change, Map<Slot, Optional<Serialized>> writes) {}

    private Optional<Pending> change(SessionView view, long now, boolean last) {
        var writes = writes(view, last);
        var maxInactive = newMaxInactive;
        if (writes.isEmpty() && maxInactive.isEmpty() && !view.isAccessToBeStored(times, now)) {
            return Optional.empty();
        }
        var attributes = new HashMap<String, Optional<Serialized>>();
        writes.forEach((slot, bytes) -> attributes.put(slot.name, bytes));
        refuseTooLarge(writes);
        return Optional.of(new Pending(new Change(attributes, view.started(), now, maxInactive), writes));
    }

    /** So that a session does not expire under a request. */
    void touch(long now) {
        write(new Pending(new Change(Map.of(), times.accessed(), now, OptionalInt.empty()), Map.of()));
    }

    private void write(Pending pending) {
        committed(pending, sessions.store().commit(number, pending.change()));
    }

    private void committed(Pending pending, Optional<Committed> committed) {
        var change = pending.change();
        var writes = pending.writes();
        lock.lock();
        try {
            if (committed.isEmpty()) {
                if (state == State.STORED) {
                    state = State.ENDED; // by another worker
                }
                return;
            }
            times = times.after(change);
            if (newMaxInactive.equals(change.maxInactive())) {
                newMaxInactive = OptionalInt.empty();
            }
            if (!writes.isEmpty() && committed.get().before() != version) {
                sessions.counters().conflict();
            }
            written(writes, committed.get());
        } finally {
            lock.unlock();
        }
    }

    private void written(Map<Slot, Optional<Serialized>> writes, Committed committed) {
        writes.forEach((slot, bytes) -> {
            slot.pending = false;
            slot.version = slot.local ? 0 : committed.version();
            slot.stored = bytes.orElse(null);
            if (slot.removed) {
                slots.remove(slot.name, slot);
            }
        });
        if (committed.before() == version) {
            version = committed.version();
        }
    }

    /** What is to be written: what was set or removed, and what this request has got and changed in place. */
    private Map<Slot, Optional<Serialized>> writes(SessionView view, boolean last) {
        var candidates = new HashSet<>(view.exposed());
        for (var slot : slots.values()) {
            if (slot.pending) {
                candidates.add(slot);
            }
        }
        var writes = new LinkedHashMap<Slot, Optional<Serialized>>();
        for (var slot : candidates) {
            if (slot.local) {
                if (slot.version > 0) {
                    writes.put(slot, Optional.empty());
                }
                slot.pending = false;
            } else if (slot.removed) {
                if (slot.version > 0) {
                    writes.put(slot, Optional.empty());
                } else {
                    slots.remove(slot.name, slot);
                }
            } else if (!slot.detached) {
                var bytes = serialize(view, slot, last);
                if (bytes.isPresent() && !isStored(slot, bytes.get())) {
                    writes.put(slot, bytes);
                } else {
                    slot.pending = false;
                }
            }
        }
        return writes;
    }

    /** What was changed in place, or is too large only together. */
    private void refuseTooLarge(Map<Slot, Optional<Serialized>> writes) {
        if (writes.isEmpty()) {
            return;
        }
        long all = 0;
        long greatest = 0;
        var name = "";
        for (var slot : slots.values()) {
            var written = writes.get(slot);
            var bytes = written == null ? slot.stored : written.orElse(null);
            long length = bytes == null ? 0 : bytes.length();
            all += length;
            if (length > greatest) {
                greatest = length;
                name = slot.name;
            }
        }
        long most = sessions.rules().mostBytes();
        if (all > most) {
            sessions.counters().refused(sessions.context());
            throw StoreException.lasting(
                    "storing a session of %s: its attributes take %d bytes, and --max-session-size allows %d; the greatest is '%s' with %d."
                            .formatted(
                                    sessions.context().isEmpty() ? "/" : sessions.context(),
                                    all,
                                    most,
                                    name,
                                    greatest));
        }
    }

    private static boolean isStored(Slot slot, Serialized bytes) {
        return slot.version > 0 && slot.stored != null && bytes.equals(slot.stored);
    }

    /** Empty if it cannot be serialized any more; then the store keeps what it has. */
    private Optional<Serialized> serialize(SessionView view, Slot slot, boolean last) {
        var value = slot.value;
        if (value == null) {
            return Optional.empty();
        }
        if (last && value instanceof HttpSessionActivationListener listener && !slot.passive && slot.holders <= 1) {
            slot.passive = true;
            sessions.activation().passivating(view, listener);
        }
        try {
            return Optional.of(sessions.marshaller().write(slot.name, value));
        } catch (IOException | RuntimeException | StackOverflowError e) {
            sessions.warnings().unwritable(slot.name, value, e);
            return Optional.empty();
        }
    }

    /** Requests that have it go on with it; those that come later read it anew. */
    void discard() {
        if (slots.values().stream().noneMatch(slot -> slot.local)) {
            sessions.forget(this);
        }
    }

    void release(Collection<Slot> exposed) {
        lock.lock();
        try {
            exposed.forEach(slot -> slot.holders--);
        } finally {
            lock.unlock();
        }
    }

    // ---- its end

    /**
     * Gives it another id.
     *
     * @return false if it is gone
     */
    boolean rename(String to) {
        saving.lock();
        try {
            finish();
            boolean renamed = switch (state) {
                case NEW -> true;
                case STORED -> sessions.store().rename(number, to);
                case ENDING, ENDED -> false;
            };
            if (renamed) {
                id = to;
            }
            return renamed;
        } finally {
            saving.unlock();
        }
    }

    /**
     * Takes it out of the store, so that nobody else ends it. It can be read until {@link #end()}.
     *
     * @return false if somebody else was first
     */
    boolean beginEnd() {
        saving.lock();
        try {
            finish();
            switch (state) {
                case NEW -> state = State.ENDING;
                case STORED -> {
                    var taken = sessions.store().take(number);
                    if (taken.isEmpty()) {
                        state = State.ENDED;
                        return false;
                    }
                    state = State.ENDING;
                    sessions.counters().invalidated(sessions.context());
                    merge(taken.get());
                }
                case ENDING, ENDED -> {
                    return false;
                }
            }
            return true;
        } finally {
            saving.unlock();
        }
    }

    /** It was taken out of the store already. */
    void beginEnd(StoredSession taken) {
        lock.lock();
        try {
            state = State.ENDING;
            merge(taken);
        } finally {
            lock.unlock();
        }
    }

    void end() {
        state = State.ENDED;
        slots.clear();
        sessions.forget(this);
    }
}
