package dev.narwhal.worker.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.contract.ScoreboardSessions;
import dev.narwhal.contract.WorkerSpec.SessionRules;
import jakarta.servlet.http.HttpSessionActivationListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class GroupCommitTest {

    /** Counts, and has no room for a value of more than ten bytes. */
    private static final class Small implements SessionStore {

        private final MemoryStore store = new MemoryStore();
        private int transactions;

        @Override
        public List<Optional<Committed>> commit(List<Write> writes) {
            transactions++;
            boolean full = writes.stream()
                    .flatMap(write -> write.change().attributes().values().stream())
                    .anyMatch(value -> value.isPresent() && value.get().length() > 10);
            if (full) {
                throw new StoreException("writing: it is full");
            }
            return store.commit(writes);
        }

        @Override
        public Optional<Committed> commit(long number, Change change) {
            return store.commit(number, change);
        }

        @Override
        public Optional<StoredSession> load(String context, String id, Memory memory) {
            return store.load(context, id, memory);
        }

        @Override
        public Committed create(String context, String id, Times times, Map<String, Serialized> attributes) {
            return store.create(context, id, times, attributes);
        }

        @Override
        public boolean rename(long number, String id) {
            return store.rename(number, id);
        }

        @Override
        public Optional<StoredSession> take(long number) {
            return store.take(number);
        }

        @Override
        public Optional<StoredSession> takeExpired(String context, long now) {
            return store.takeExpired(context, now);
        }

        @Override
        public Set<String> ids(String context) {
            return store.ids(context);
        }

        @Override
        public boolean lead() {
            return false;
        }

        @Override
        public void maintain() {
            // nothing
        }

        @Override
        public void close() {
            // nothing
        }
    }

    private static final class NoActivation implements Activation {
        @Override
        public void activated(SessionView session, HttpSessionActivationListener value) {
            // nobody asks
        }

        @Override
        public void passivating(SessionView session, HttpSessionActivationListener value) {
            // nobody asks
        }
    }

    private final Small store = new Small();
    private final List<Runnable> soon = new ArrayList<>();
    private final GroupCommit group = new GroupCommit(store, soon::add);
    private final Sessions mine = sessions();
    private final Sessions others = sessions();
    private final Map<String, String> told = new HashMap<>();

    private Sessions sessions() {
        return new Sessions(
                store,
                "",
                false,
                new JavaSerialization(GroupCommitTest.class.getClassLoader(), ""),
                new NoActivation(),
                SessionRules.DEFAULT,
                ScoreboardSessions.unseen());
    }

    private void create(String... ids) {
        for (var id : ids) {
            mine.create(id, 0, 60).done(0);
        }
    }

    private Consumer<Optional<StoreException>> tell(String who) {
        return failure -> told.put(who, failure.map(_ -> "failed").orElse("written"));
    }

    private boolean request(String id, String value) {
        var view = mine.find(id, 1).orElseThrow();
        view.set("x", value);
        return view.done(2, group, tell(id));
    }

    private Optional<Object> stored(String id) {
        return others.find(id, 3).orElseThrow().get("x");
    }

    @Test
    void what_several_requests_have_changed_is_written_once_and_each_is_told() {
        create("a", "b");

        assertThat(request("a", "1")).isTrue();
        assertThat(request("b", "2")).isTrue();
        assertThat(told).isEmpty();
        assertThat(stored("a")).isEmpty();
        assertThat(soon).hasSize(1);
        soon.getFirst().run();

        assertThat(told).containsOnly(Map.entry("a", "written"), Map.entry("b", "written"));
        assertThat(stored("a")).contains("1");
        assertThat(stored("b")).contains("2");
        assertThat(store.transactions).isEqualTo(1);
        assertThat(request("a", "3")).isTrue();
        assertThat(soon).hasSize(2);
    }

    @Test
    void one_that_cannot_be_written_spoils_it_for_no_other() {
        create("a", "b", "c");
        request("a", "1");
        request("b", "too much for this store");
        request("c", "3");

        group.commit();

        assertThat(told).containsOnly(Map.entry("a", "written"), Map.entry("b", "failed"), Map.entry("c", "written"));
        assertThat(stored("b")).isEmpty();
        assertThat(stored("c")).contains("3");
    }

    @Test
    void who_comes_to_a_session_that_is_being_written_writes_after_it() {
        create("a");
        request("a", "1");
        var second = mine.find("a", 3).orElseThrow();
        second.set("y", "2");
        assertThat(told).isEmpty();

        second.save(4);

        assertThat(told).containsOnly(Map.entry("a", "written"));
        assertThat(others.find("a", 5).orElseThrow().names()).containsOnly("x", "y");
    }

    @Test
    void a_session_that_is_ended_meanwhile_stays_ended() {
        create("a");
        request("a", "1");
        var elsewhere = others.find("a", 3).orElseThrow();
        assertThat(elsewhere.beginEnd()).isTrue();
        elsewhere.end();

        group.commit();

        assertThat(told).containsOnly(Map.entry("a", "written"));
        assertThat(mine.find("a", 4)).isEmpty();
    }

    @Test
    void a_request_that_changes_nothing_but_what_is_stored_waits_for_nobody() {
        create("a");
        request("a", "1");
        group.commit();
        var view = mine.find("a", 1).orElseThrow();
        view.save(2);

        assertThat(view.done(2, group, tell("again"))).isFalse();
        assertThat(told).doesNotContainKey("again");
    }
}
