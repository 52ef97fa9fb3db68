package dev.narwhal.worker.session;

import dev.narwhal.contract.ScoreboardSessions;
import dev.narwhal.contract.WorkerSpec.SessionRules;
import dev.narwhal.worker.feature.HeldSessions;
import dev.narwhal.worker.session.SessionStore.Known;
import dev.narwhal.worker.session.SessionStore.StoredSession;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The sessions of one application. */
public final class Sessions implements HeldSessions {

    /** A request that finds its session idle for this part of its longest time says at once that it is in use. */
    private static final int TOUCH_AFTER = 4;

    /** Requests that ended without an answer may leave some behind. */
    private static final int MOST_UNSTORED = 1000;

    private static final class Reference extends WeakReference<LiveSession> {
        private final long number;

        private Reference(LiveSession session, ReferenceQueue<LiveSession> collected) {
            super(session, collected);
            this.number = session.number();
        }
    }

    private final SessionStore store;
    private final String context;
    private final boolean lenient;
    private final Marshaller marshaller;
    private final Activation activation;
    private final SessionRules rules;
    private final ScoreboardSessions counters;
    private final Warnings warnings;

    private final Map<Long, Reference> live = new ConcurrentHashMap<>();
    private final ReferenceQueue<LiveSession> collected = new ReferenceQueue<>();
    private final Map<String, WeakReference<LiveSession>> unstored = new ConcurrentHashMap<>();
    private final Set<LiveSession> pinned = ConcurrentHashMap.newKeySet();
    private final Recent recent = new Recent();

    /**
     * @param context the context path; the sessions of two contexts never meet
     * @param lenient whether a value that cannot be serialized stays in this worker's memory instead of being refused
     * @param rules how many there may be, and how large
     * @param counters where to count what happens
     */
    public Sessions(
            SessionStore store,
            String context,
            boolean lenient,
            Marshaller marshaller,
            Activation activation,
            SessionRules rules,
            ScoreboardSessions counters) {
        this.store = store;
        this.context = context;
        this.lenient = lenient;
        this.marshaller = marshaller;
        this.activation = activation;
        this.rules = rules;
        this.counters = counters;
        counters.serves(context);
        this.warnings = new Warnings(context.isEmpty() ? "/" : context);
    }

    /**
     * The session with that id, as it is now.
     *
     * @throws StoreException if the store cannot be read
     */
    public Optional<SessionView> find(String id, long now) {
        var created = unstored.get(id);
        var fresh = created == null ? null : created.get();
        if (fresh != null && fresh.isNew() && fresh.id().equals(id)) {
            return Optional.of(new SessionView(fresh, now));
        }
        var read = store.load(context, id, this::known);
        if (read.isEmpty() || read.get().times().expired(now)) {
            return Optional.empty();
        }
        var session = live(read.get());
        if (session.ended()) {
            return Optional.empty();
        }
        recent.use(session);
        var view = new SessionView(session, now);
        if (isLongIdle(read.get().times(), now)) {
            session.touch(now);
        }
        return Optional.of(view);
    }

    private static boolean isLongIdle(Times times, long now) {
        return times.maxInactive() > 0 && now - times.touched() > times.maxInactive() * 1000L / TOUCH_AFTER;
    }

    /** Called by the store. */
    private Known known(long number) {
        var session = get(number);
        return session == null ? LiveSession.NOTHING_KNOWN : session;
    }

    private @Nullable LiveSession get(long number) {
        var reference = live.get(number);
        return reference == null ? null : reference.get();
    }

    private LiveSession live(StoredSession read) {
        var session = get(read.number());
        if (session == null) {
            session = add(LiveSession.of(this, read));
        }
        session.merge(read);
        return session;
    }

    /** Of two requests that come at once, the first one's. */
    private LiveSession add(LiveSession session) {
        purge();
        var mine = new Reference(session, collected);
        while (true) {
            var other = live.putIfAbsent(session.number(), mine);
            if (other == null) {
                return session;
            }
            var theirs = other.get();
            if (theirs != null) {
                return theirs;
            }
            live.remove(session.number(), other);
        }
    }

    private void purge() {
        for (var gone = collected.poll(); gone != null; gone = collected.poll()) {
            if (gone instanceof Reference reference) {
                live.remove(reference.number, reference);
            }
        }
    }

    /**
     * A new session, which is in the store once it was saved.
     *
     * @param id that nobody can guess
     * @throws TooManySessionsException if there are as many as there may be; those that are created at the same moment do not see each other
     * @throws StoreException if that cannot be found out
     */
    public SessionView create(String id, long now, int maxInactive) {
        if (rules.most() > 0 && store.count(context) >= rules.most()) {
            counters.refused(context);
            throw new TooManySessionsException("creating a session of %s: it has %d, as many as --max-sessions allows."
                    .formatted(context.isEmpty() ? "/" : context, rules.most()));
        }
        var session = LiveSession.create(this, id, new Times(now, now, now, maxInactive));
        if (unstored.size() > MOST_UNSTORED) {
            unstored.values().removeIf(reference -> reference.refersTo(null));
        }
        unstored.put(id, new WeakReference<>(session));
        return new SessionView(session, now);
    }

    /** Ends one session that has expired, up to the point where it can still be read; empty when there is none. */
    public Optional<SessionView> takeExpired(long now) {
        return store.takeExpired(context, now).map(taken -> {
            var session = get(taken.number());
            if (session == null) {
                session = LiveSession.of(this, taken);
            }
            session.beginEnd(taken);
            return new SessionView(session, now);
        });
    }

    @Override
    public OptionalLong number(String id) {
        return store.load(context, id, this::known).stream()
                .mapToLong(SessionStore.StoredSession::number)
                .findFirst();
    }

    @Override
    public boolean contains(long number) {
        return store.contains(number);
    }

    /** The ids of all of them, whichever worker created them. */
    public Set<String> ids() {
        return store.ids(context);
    }

    // ---- for the sessions

    SessionStore store() {
        return store;
    }

    String context() {
        return context;
    }

    boolean lenient() {
        return lenient;
    }

    Marshaller marshaller() {
        return marshaller;
    }

    SessionRules rules() {
        return rules;
    }

    ScoreboardSessions counters() {
        return counters;
    }

    Activation activation() {
        return activation;
    }

    Warnings warnings() {
        return warnings;
    }

    /** Keeps a session that has what the store has not. */
    void pin(LiveSession session) {
        pinned.add(session);
    }

    void stored(LiveSession session) {
        unstored.remove(session.firstId());
        add(session);
        recent.use(session);
    }

    void forget(LiveSession session) {
        pinned.remove(session);
        unstored.remove(session.firstId());
        recent.remove(session);
        live.computeIfPresent(session.number(), (_, reference) -> reference.refersTo(session) ? null : reference);
    }
}
