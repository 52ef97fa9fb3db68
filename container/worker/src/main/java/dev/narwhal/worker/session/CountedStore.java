package dev.narwhal.worker.session;

import dev.narwhal.contract.ScoreboardSessions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A store whose reads and writes are counted and, some of them, timed, for the scoreboard. */
public final class CountedStore implements SessionStore {

    private static final long WEIGHED_NANOS = Duration.ofSeconds(2).toNanos();

    private final SessionStore store;
    private final ScoreboardSessions counters;

    // Of the thread that looks after the store.
    private long weighed = System.nanoTime() - WEIGHED_NANOS;
    private long ofContexts;

    public CountedStore(SessionStore store, ScoreboardSessions counters) {
        this.store = store;
        this.counters = counters;
    }

    private <T> T reading(Supplier<T> work) {
        if (!counters.read()) {
            return work.get();
        }
        long start = System.nanoTime();
        var result = work.get();
        counters.readTook(System.nanoTime() - start);
        return result;
    }

    private <T> T writing(Supplier<T> work) {
        if (!counters.write()) {
            return work.get();
        }
        long start = System.nanoTime();
        var result = work.get();
        counters.writeTook(System.nanoTime() - start);
        return result;
    }

    @Override
    public Optional<StoredSession> load(String context, String id, Memory memory) {
        return reading(() -> store.load(context, id, memory));
    }

    @Override
    public Committed create(String context, String id, Times times, Map<String, Serialized> attributes) {
        return writing(() -> store.create(context, id, times, attributes));
    }

    @Override
    public Optional<Committed> commit(long number, Change change) {
        return writing(() -> store.commit(number, change));
    }

    /** One write of the store, however many sessions it is for. */
    @Override
    public List<Optional<Committed>> commit(List<Write> writes) {
        return writing(() -> store.commit(writes));
    }

    @Override
    public boolean writesTogether() {
        return store.writesTogether();
    }

    @Override
    public boolean rename(long number, String id) {
        return writing(() -> store.rename(number, id));
    }

    @Override
    public Optional<StoredSession> take(long number) {
        return writing(() -> store.take(number));
    }

    /** Counted when there was one: that nothing has expired is found out without writing. */
    @Override
    public Optional<StoredSession> takeExpired(String context, long now) {
        var taken = store.takeExpired(context, now);
        if (taken.isPresent()) {
            counters.expired(context);
        }
        return taken;
    }

    @Override
    public boolean contains(long number) {
        return store.contains(number);
    }

    @Override
    public Set<String> ids(String context) {
        return store.ids(context);
    }

    @Override
    public long count(String context) {
        return store.count(context);
    }

    @Override
    public long weight(String context) {
        return store.weight(context);
    }

    @Override
    public Optional<Size> size() {
        return store.size();
    }

    @Override
    public boolean lead() {
        boolean leads = store.lead();
        if (!leads) {
            counters.forgetLive(); // the one who leads tells it
        }
        return leads;
    }

    @Override
    public void maintain() {
        store.maintain();
        store.size().ifPresent(size -> {
            counters.contexts().forEach(context -> counters.live(context, store.count(context)));
            weigh();
            counters.gauge(size.sessions(), size.bytes() > 0 ? size.bytes() : ofContexts);
        });
    }

    /** Now and then, since it means to look at sessions. */
    private void weigh() {
        long now = System.nanoTime();
        if (now - weighed < WEIGHED_NANOS) {
            return;
        }
        weighed = now;
        long all = 0;
        for (var context : counters.contexts()) {
            long bytes = store.weight(context);
            counters.bytes(context, bytes);
            all += bytes;
        }
        ofContexts = all;
    }

    @Override
    public void close() {
        store.close(); // what it had is told until the master has seen the end of this worker
    }
}
