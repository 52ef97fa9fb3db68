package dev.narwhal.sessionstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narwhal.worker.session.Change;
import dev.narwhal.worker.session.Serialized;
import dev.narwhal.worker.session.SessionStore;
import dev.narwhal.worker.session.SessionStore.Known;
import dev.narwhal.worker.session.SessionStore.StoredAttribute;
import dev.narwhal.worker.session.SessionStore.StoredSession;
import dev.narwhal.worker.session.StoreException;
import dev.narwhal.worker.session.Times;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store promises; the tests of each extend it. */
public abstract class SessionStoreContract {

    private static final Times TIMES = new Times(1_000, 1_000, 1_000, 60);

    private static final Known NOTHING = new Known() {
        @Override
        public long version() {
            return 0;
        }

        @Override
        public long version(String attribute) {
            return 0;
        }
    };

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path directory;

    @SuppressWarnings("NullAway.Init") // by open
    private SessionStore store;

    @BeforeEach
    void open() {
        store = open(directory);
    }

    /**
     * Opens an empty store.
     *
     * @param empty a directory for it, should it need one
     */
    protected abstract SessionStore open(Path empty);

    @AfterEach
    void close() {
        store.close();
    }

    private static Serialized bytes(String text) {
        return Serialized.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Change change(Map<String, Optional<Serialized>> attributes) {
        return new Change(attributes, 2_000, 2_500, OptionalInt.empty());
    }

    private Optional<StoredSession> load(String context, String id) {
        return store.load(context, id, _ -> NOTHING);
    }

    private static Map<String, String> texts(StoredSession session) {
        var texts = new HashMap<String, String>();
        session.attributes()
                .orElseThrow()
                .forEach(attribute -> texts.put(
                        attribute.name(),
                        new String(attribute.value().orElseThrow().bytes(), StandardCharsets.UTF_8)));
        return texts;
    }

    @Test
    void what_is_created_can_be_loaded() {
        var longName = "n".repeat(2000);
        store.create("/shop", "a", TIMES, Map.of("x", bytes("1"), "ä ö", bytes(""), longName, bytes("long")));

        var loaded = load("/shop", "a").orElseThrow();

        assertThat(loaded.times()).isEqualTo(TIMES);
        assertThat(texts(loaded)).containsOnly(Map.entry("x", "1"), Map.entry("ä ö", ""), Map.entry(longName, "long"));
    }

    @Test
    void an_unknown_id_finds_nothing_however_odd_it_is() {
        store.create("", "a", TIMES, Map.of());

        for (var id : new String[] {"", "b", "aa", "\0", "a\0", "ä", "x".repeat(100_000)}) {
            assertThat(load("", id)).as(id.length() + " characters").isEmpty();
        }
    }

    @Test
    void contexts_never_see_each_others_sessions() {
        store.create("/one", "a", TIMES, Map.of("x", bytes("1")));
        store.create("/two", "a", TIMES, Map.of("x", bytes("2")));

        assertThat(texts(load("/one", "a").orElseThrow())).containsEntry("x", "1");
        assertThat(texts(load("/two", "a").orElseThrow())).containsEntry("x", "2");
        assertThat(load("", "a")).isEmpty();
        assertThat(store.ids("/one")).containsExactly("a");
        assertThat(store.ids("/three")).isEmpty();
    }

    @Test
    void an_id_is_given_once() {
        store.create("", "a", TIMES, Map.of());

        assertThatThrownBy(() -> store.create("", "a", TIMES, Map.of())).isInstanceOf(StoreException.class);
    }

    @Test
    void several_commits_at_once_are_as_good_as_one_after_the_other() {
        long one = store.create("", "a", TIMES, Map.of("x", bytes("1"))).number();
        long other = store.create("", "b", TIMES, Map.of("x", bytes("1"))).number();
        long gone = store.create("", "c", TIMES, Map.of()).number();
        store.take(gone);

        var committed = store.commit(List.of(
                new SessionStore.Write(one, change(Map.of("x", Optional.of(bytes("2"))))),
                new SessionStore.Write(gone, change(Map.of("x", Optional.of(bytes("2"))))),
                new SessionStore.Write(other, change(Map.of("y", Optional.of(bytes("2"))))),
                new SessionStore.Write(one, change(Map.of("x", Optional.of(bytes("3")))))));

        assertThat(committed.get(1)).isEmpty();
        assertThat(committed.get(3).orElseThrow().before())
                .isEqualTo(committed.get(0).orElseThrow().version());
        assertThat(texts(load("", "a").orElseThrow())).containsOnly(Map.entry("x", "3"));
        assertThat(texts(load("", "b").orElseThrow())).containsOnly(Map.entry("x", "1"), Map.entry("y", "2"));
        assertThat(load("", "c")).isEmpty();
        assertThat(store.commit(List.of(new SessionStore.Write(gone, change(Map.of())))))
                .containsExactly(Optional.empty());
    }

    @Test
    void a_commit_changes_the_attributes_it_names_and_no_other() {
        long number = store.create("", "a", TIMES, Map.of("x", bytes("1"), "y", bytes("2"), "z", bytes("3")))
                .number();

        var committed = store.commit(number, change(Map.of("x", Optional.of(bytes("one")), "y", Optional.empty())))
                .orElseThrow();

        assertThat(committed.version()).isGreaterThan(committed.before());
        var loaded = load("", "a").orElseThrow();
        assertThat(texts(loaded)).containsOnly(Map.entry("x", "one"), Map.entry("z", "3"));
        assertThat(loaded.times()).isEqualTo(new Times(1_000, 2_000, 2_500, 60));
        assertThat(loaded.version()).isEqualTo(committed.version());
    }

    @Test
    void a_commit_without_attributes_leaves_the_version() {
        var created = store.create("", "a", TIMES, Map.of("x", bytes("1")));

        var committed = store.commit(created.number(), new Change(Map.of(), 2_000, 2_500, OptionalInt.of(7)))
                .orElseThrow();

        assertThat(committed.version()).isEqualTo(created.version()).isEqualTo(committed.before());
        assertThat(load("", "a").orElseThrow().times().maxInactive()).isEqualTo(7);
    }

    @Test
    void only_what_is_newer_is_read() {
        var created = store.create("", "a", TIMES, Map.of("x", bytes("1"), "y", bytes("2")));
        var committed = store.commit(created.number(), change(Map.of("y", Optional.of(bytes("two")))))
                .orElseThrow();

        var current =
                store.load("", "a", _ -> known(committed.version(), Map.of())).orElseThrow();
        assertThat(current.attributes()).isEmpty();

        var newer = store.load(
                        "", "a", _ -> known(created.version(), Map.of("x", created.version(), "y", created.version())))
                .orElseThrow();
        assertThat(newer.attributes().orElseThrow())
                .containsExactlyInAnyOrder(
                        new StoredAttribute("x", created.version(), Optional.empty()),
                        new StoredAttribute("y", committed.version(), Optional.of(bytes("two"))));
    }

    private static Known known(long version, Map<String, Long> attributes) {
        return new Known() {
            @Override
            public long version() {
                return version;
            }

            @Override
            public long version(String attribute) {
                return attributes.getOrDefault(attribute, 0L);
            }
        };
    }

    @Test
    void a_renamed_session_is_found_by_its_new_id_only() {
        long number = store.create("", "a", TIMES, Map.of("x", bytes("1"))).number();

        assertThat(store.rename(number, "b")).isTrue();

        assertThat(load("", "a")).isEmpty();
        assertThat(load("", "b").orElseThrow().number()).isEqualTo(number);
        assertThat(store.commit(number, change(Map.of()))).isPresent();
        assertThat(store.rename(4711, "c")).isFalse();
    }

    @Test
    void a_session_is_taken_once_with_all_it_has() {
        long number = store.create("", "a", TIMES, Map.of("x", bytes("1"))).number();

        assertThat(texts(store.take(number).orElseThrow())).containsEntry("x", "1");

        assertThat(store.take(number)).isEmpty();
        assertThat(load("", "a")).isEmpty();
        assertThat(store.commit(number, change(Map.of("x", Optional.of(bytes("2"))))))
                .isEmpty();
        assertThat(store.ids("")).isEmpty();
        assertThat(store.takeExpired("", Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void sessions_are_counted_by_context() {
        long first = store.create("/shop", "a", TIMES, Map.of()).number();
        store.create("/shop", "b", TIMES, Map.of());
        store.create("/blog", "a", TIMES, Map.of());
        store.rename(first, "c");
        assertThat(store.count("/shop")).isEqualTo(2);
        assertThat(store.size().orElseThrow().sessions()).isEqualTo(3);

        store.take(first);
        store.take(first);
        assertThat(store.count("/shop")).isOne();
        assertThat(store.takeExpired("/shop", Long.MAX_VALUE - 1)).isPresent();
        assertThat(store.count("/shop")).isZero();
        assertThat(store.count("/blog")).isOne();
    }

    @Test
    void what_sessions_take_is_told_by_context() {
        var first = store.create("/shop", "first", TIMES, Map.of("x", bytes("small")));
        assertThat(store.weight("/shop")).isBetween(1L, 1_000L);
        assertThat(store.weight("/blog")).isZero();

        var large = change(Map.of("x", Optional.of(bytes("x".repeat(100_000)))));
        store.commit(first.number(), large);
        assertThat(store.weight("/shop")).isBetween(100_000L, 140_000L);

        var numbers = new ArrayList<Long>(List.of(first.number()));
        for (int i = 0; i < 300; i++) {
            var id = UUID.randomUUID().toString();
            numbers.add(store.create("/many", id, TIMES, Map.of("x", bytes("x".repeat(1_000))))
                    .number());
        }
        assertThat(store.weight("/many")).as("of 300 alike").isBetween(300_000L, 900_000L);
        assertThat(store.weight("/shop")).isLessThan(140_000L);

        numbers.forEach(store::take);
        assertThat(store.weight("/many")).isZero();
        assertThat(store.weight("/shop")).isZero();
    }

    @Test
    void a_number_is_never_given_again() {
        long first = store.create("", "a", TIMES, Map.of()).number();
        store.take(first);

        assertThat(store.create("", "a", TIMES, Map.of()).number()).isNotEqualTo(first);
    }

    @Test
    void a_session_expires_when_its_time_has_passed_since_it_was_touched() {
        long number = store.create("", "a", TIMES, Map.of("x", bytes("1"))).number();
        store.create("/other", "a", TIMES, Map.of());
        store.create("", "forever", new Times(1, 1, 1, 0), Map.of());

        assertThat(store.takeExpired("", 60_999)).isEmpty();
        store.commit(number, new Change(Map.of(), 1_000, 5_000, OptionalInt.empty()));
        assertThat(store.takeExpired("", 64_999)).isEmpty();
        assertThat(texts(store.takeExpired("", 65_000).orElseThrow())).containsEntry("x", "1");
        assertThat(store.takeExpired("", 65_000)).isEmpty();
        assertThat(load("", "forever")).isPresent();
        assertThat(load("/other", "a")).isPresent();
    }

    @Test
    void a_shorter_time_counts_at_once_and_none_means_never() {
        long number = store.create("", "a", TIMES, Map.of()).number();
        store.commit(number, new Change(Map.of(), 1_000, 1_000, OptionalInt.of(1)));
        long other = store.create("", "b", TIMES, Map.of()).number();
        store.commit(other, new Change(Map.of(), 1_000, 1_000, OptionalInt.of(-1)));

        assertThat(store.takeExpired("", 2_000).orElseThrow().id()).isEqualTo("a");
        assertThat(store.takeExpired("", Long.MAX_VALUE - 1)).isEmpty();
        store.commit(other, new Change(Map.of(), 1_000, 1_000, OptionalInt.of(2)));
        assertThat(store.takeExpired("", 3_000).orElseThrow().id()).isEqualTo("b");
    }

    @Test
    void commits_of_different_attributes_by_many_threads_lose_nothing() throws Exception {
        long number = store.create("", "a", TIMES, Map.of()).number();
        int threads = 8;
        int commits = 200;
        try (var executor = Executors.newFixedThreadPool(threads)) {
            var tasks = new ArrayList<Callable<Integer>>();
            for (int thread = 0; thread < threads; thread++) {
                var name = "attribute" + thread;
                tasks.add(() -> {
                    for (int i = 1; i <= commits; i++) {
                        store.commit(number, change(Map.of(name, Optional.of(bytes(Integer.toString(i))))));
                    }
                    return commits;
                });
            }
            for (var done : executor.invokeAll(tasks)) {
                assertThat(done.get()).isEqualTo(commits);
            }
        }

        var loaded = load("", "a").orElseThrow();
        assertThat(loaded.version()).isGreaterThanOrEqualTo(1 + threads * commits);
        assertThat(texts(loaded)).hasSize(threads).containsValue("200").doesNotContainValue("199");
    }

    @Test
    void virtual_threads_may_use_it_from_everywhere() throws InterruptedException, ExecutionException {
        var big = Serialized.of(new byte[200_000]);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 400; i++) {
                var id = "s" + i;
                tasks.add(() -> {
                    long number =
                            store.create("", id, TIMES, Map.of("x", bytes(id))).number();
                    Thread.sleep(1); // goes on with another carrier
                    store.commit(
                            number,
                            change(Map.of(
                                    "x",
                                    Optional.of(ThreadLocalRandom.current().nextInt(20) == 0 ? big : bytes("y")))));
                    Thread.sleep(1); // goes on with another carrier
                    return load("", id).isPresent() && store.take(number).isPresent();
                });
            }
            for (var done : executor.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        }
        assertThat(store.ids("")).isEmpty();
    }
}
