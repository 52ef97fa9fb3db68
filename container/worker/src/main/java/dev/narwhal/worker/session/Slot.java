package dev.narwhal.worker.session;

import org.jspecify.annotations.Nullable;

/**
 * One value of an attribute, in this worker's memory: as bytes until somebody asks for it, as an object from then on. Another value is another
 * slot. Guarded by its session's lock, the version apart.
 */
final class Slot {

    final String name;
    /** The store's version of {@link #stored}; 0 if it was never stored. */
    volatile long version;
    /** What the store has, as far as known here; of a live value as this worker serializes it. */
    @Nullable
    Serialized stored;

    @Nullable
    Object value;

    boolean live;
    /** To be written. */
    boolean pending;
    /** To be removed from the store; only together with {@link #pending}. */
    boolean removed;
    /** Cannot be serialized, and there is only one worker. */
    boolean local;
    /** The application has put something else in its place. */
    boolean detached;
    /** The value was told that it is about to leave this JVM, and not yet that it is back. */
    boolean passive;
    /** How many requests have got the value. */
    int holders;

    private Slot(String name) {
        this.name = name;
    }

    static Slot stored(String name, long version, Serialized stored) {
        var slot = new Slot(name);
        slot.version = version;
        slot.stored = stored;
        slot.passive = true;
        return slot;
    }

    /** What the application puts in the place of {@code before}; null to remove it. */
    static Slot pending(String name, @Nullable Object value, @Nullable Slot before) {
        var slot = new Slot(name);
        slot.value = value;
        slot.live = true;
        slot.pending = true;
        slot.removed = value == null;
        if (before != null) {
            before.detached = true;
            slot.version = before.version;
            slot.stored = before.stored;
        }
        return slot;
    }

    /** Whether the application sees it. */
    boolean present() {
        return !removed;
    }
}
