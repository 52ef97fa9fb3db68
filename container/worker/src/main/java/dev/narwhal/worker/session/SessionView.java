package dev.narwhal.worker.session;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A session as one request has it. Knows what the request has got out of it, and therefore may have changed in place.
 *
 * <p>Every method but {@link #id()} and {@link #valid()} throws {@link IllegalStateException} once the session has ended, as far as this worker
 * knows.
 */
public final class SessionView {

    /** A request that goes on for longer than this after a save counts as another use of the session. */
    private static final long TOUCH_MILLIS = 100;

    private final LiveSession session;
    private final long started;
    private final long accessedBefore;
    private final Set<Slot> exposed = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean accessStored;

    SessionView(LiveSession session, long started) {
        this.session = session;
        this.started = started;
        this.accessedBefore = session.times().accessed();
    }

    public String id() {
        return session.id();
    }

    public boolean valid() {
        return !session.ended();
    }

    private LiveSession checked() {
        if (session.ended()) {
            throw new IllegalStateException("the session is invalid: it was ended or has expired");
        }
        return session;
    }

    /** In milliseconds since 1970. */
    public long created() {
        return checked().times().created();
    }

    /** When the request before this one began, in milliseconds since 1970. */
    public long accessed() {
        checked();
        return accessedBefore;
    }

    /** In seconds; zero or less for no limit. */
    public int maxInactive() {
        return checked().maxInactive();
    }

    public void maxInactive(int seconds) {
        checked().maxInactive(seconds);
    }

    /** A copy. */
    public Set<String> names() {
        return checked().names();
    }

    public Optional<Object> get(String name) {
        return Optional.ofNullable(checked().get(this, name));
    }

    /**
     * Sets an attribute.
     *
     * @return what it was before
     * @throws IllegalArgumentException for a value that cannot be shared by several workers
     */
    public Optional<Object> set(String name, Object value) {
        return Optional.ofNullable(checked().put(this, name, value));
    }

    /** Removes an attribute and returns what it was. */
    public Optional<Object> remove(String name) {
        return Optional.ofNullable(checked().remove(this, name));
    }

    /**
     * Puts into the store whatever has changed. For the moment before a response leaves.
     *
     * @throws StoreException if that is impossible; then a later save may succeed
     */
    public void save(long now) {
        session.save(this, now, false);
    }

    /** Forgets what is not stored, since nobody was told of it; the next request begins with what is. */
    public void discard() {
        session.discard();
    }

    /**
     * The last save of the request.
     *
     * @throws StoreException if that is impossible
     */
    public void done(long now) {
        try {
            session.save(this, now, true);
        } finally {
            release();
        }
    }

    /**
     * The same, together with what others write.
     *
     * @param over is told when it is written, or why it is not; until then nobody may hear of it
     * @return false if there was nothing to wait for, and {@code over} will not be told
     * @throws StoreException as above
     */
    public boolean done(long now, GroupCommit group, Consumer<Optional<StoreException>> over) {
        try {
            return session.save(this, now, group, over);
        } finally {
            release();
        }
    }

    private void release() {
        synchronized (exposed) {
            session.release(exposed);
            exposed.clear();
        }
    }

    /**
     * Gives the session another id, at once and for all workers.
     *
     * @throws IllegalStateException if it has ended
     */
    public void rename(String id) {
        if (!checked().rename(id)) {
            throw new IllegalStateException("changing the id of a session: it was ended by another request");
        }
    }

    /**
     * Takes the session from everybody else. This view can be read until {@link #end()}.
     *
     * @return false if it had been taken before; then it has ended
     */
    public boolean beginEnd() {
        return session.beginEnd();
    }

    public void end() {
        session.end();
    }

    // ---- for the session

    long started() {
        return started;
    }

    boolean expose(Slot slot) {
        synchronized (exposed) {
            return exposed.add(slot);
        }
    }

    Collection<Slot> exposed() {
        synchronized (exposed) {
            return Set.copyOf(exposed);
        }
    }

    boolean isAccessToBeStored(Times stored, long now) {
        return !accessStored || (stored.maxInactive() > 0 && now - stored.touched() >= TOUCH_MILLIS);
    }

    void accessIsStored() {
        accessStored = true;
    }
}
