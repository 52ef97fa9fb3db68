package dev.narwhal.worker.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where sessions are. Each method is atomic and seen at once by every process that has the store open; any thread may call any of them.
 * A process that dies within one of them has done it or not.
 *
 * <p>A session has a number for its whole life, which is never given again; its id may change. Each write that changes attributes gives the
 * session a new, greater version, which is also the version of the attributes written. Sessions of one context are invisible to others.
 *
 * <p>Every method throws {@link StoreException} when the store cannot be read or written; then nothing was changed.
 */
public interface SessionStore extends AutoCloseable {

    /** What the caller has in memory of a session, so that only what is newer need be read. */
    interface Known {

        /** The version up to which everything is known; 0 when nothing is. */
        long version();

        /** The version of the attribute that is known; 0 for none. */
        long version(String attribute);
    }

    /** Finds what is known of a session by its number. Must not block: the store may be holding a transaction. */
    @FunctionalInterface
    interface Memory {
        Known of(long number);
    }

    /** Reads a session; one that has expired is read too. */
    Optional<StoredSession> load(String context, String id, Memory memory);

    /**
     * Stores a new session.
     *
     * @throws StoreException also when the context has a session with that id
     */
    Committed create(String context, String id, Times times, Map<String, Serialized> attributes);

    /** Changes a session; empty when it is gone. Attributes that the change does not name stay as they are. */
    Optional<Committed> commit(long number, Change change);

    /**
     * Does several changes, one after the other, for the price of one where that is possible. Either all are done, also those of sessions that are gone, or this
     * throws and none is.
     *
     * @return what each led to, in their order
     */
    default List<Optional<Committed>> commit(List<Write> writes) {
        return writes.stream()
                .map(write -> commit(write.number(), write.change()))
                .toList();
    }

    /** Whether several changes at once cost less than one after the other. */
    default boolean writesTogether() {
        return false;
    }

    /** Gives a session another id; false when it is gone. The former id leads nowhere from then on. */
    boolean rename(long number, String id);

    /** Removes a session. Of several callers one gets it, with all its attributes. */
    Optional<StoredSession> take(long number);

    /** Removes one session of the context that has expired; empty when there is none. Of several callers one gets it. */
    Optional<StoredSession> takeExpired(String context, long now);

    /** Whether a session is still there, whatever its id is by now. */
    default boolean contains(long number) {
        return commit(number, Change.NONE).isPresent();
    }

    /** The ids of all sessions of a context. */
    Set<String> ids(String context);

    /** How many sessions a context has. */
    default long count(String context) {
        return ids(context).size();
    }

    /** The bytes that the sessions of a context take, about: it looks at some of them, chosen at random, when they are many. 0 where that is not known. */
    default long weight(String context) {
        return 0;
    }

    /** What there is in all; empty where that is not known. */
    default Optional<Size> size() {
        return Optional.empty();
    }

    /**
     * Tries to become the one process that looks after the store. Succeeds again and again in the process that is; when it dies, another may
     * succeed.
     */
    boolean lead();

    /** What the leading process does from time to time; what of it is due is the store's own decision. */
    void maintain();

    @Override
    void close();

    /**
     * What is in the store.
     *
     * @param attributes all of the session's names; empty when the session's version is the known one. Those whose version is known are
     *     without their bytes.
     */
    record StoredSession(
            long number, String id, long version, Times times, Optional<List<StoredAttribute>> attributes) {

        public StoredSession {
            attributes = attributes.map(List::copyOf);
        }
    }

    /** A change of a session. */
    record Write(long number, Change change) {}

    /** An attribute; without its bytes when the caller has them. */
    record StoredAttribute(String name, long version, Optional<Serialized> value) {}

    /**
     * How much there is.
     *
     * @param sessions of all contexts
     * @param bytes what they take; 0 where that is not known
     */
    record Size(long sessions, long bytes) {}

    /**
     * What a write led to.
     *
     * @param before the version before it
     * @param version the version now, which is that of all attributes written
     */
    record Committed(long number, long before, long version) {}
}
