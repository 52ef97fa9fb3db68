package dev.narwhal.session.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narwhal.contract.RedisUrl;
import dev.narwhal.harness.Await;
import dev.narwhal.harness.RedisServer;
import dev.narwhal.sessionstore.SessionStoreContract;
import dev.narwhal.worker.session.Change;
import dev.narwhal.worker.session.Serialized;
import dev.narwhal.worker.session.SessionStore;
import dev.narwhal.worker.session.SessionStore.Known;
import dev.narwhal.worker.session.SessionStore.StoredAttribute;
import dev.narwhal.worker.session.StoreException;
import dev.narwhal.worker.session.Times;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store promises, and what there is in Redis alone: others that share it, lost writes, outages. */
final class RedisStoreTest extends SessionStoreContract {

    private static final Times TIMES = new Times(1, 1, 1, 60);
    private static final Known NOTHING = known(0, Map.of());

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private static Path directory;

    @SuppressWarnings("NullAway.Init") // by start
    private static RedisServer server;

    private static int stores;

    @BeforeAll
    static void start() {
        server = RedisServer.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected SessionStore open(Path empty) {
        return store("?prefix=test" + ++stores);
    }

    private static SessionStore store(String options) {
        return store(server, options);
    }

    private static SessionStore store(RedisServer server, String options) {
        return new RedisStore(RedisUrl.parse("redis://127.0.0.1:" + server.port() + options)
                .withPassword(Optional.of(RedisServer.PASSWORD)));
    }

    private static Serialized bytes(String text) {
        return Serialized.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Change set(String name, String value) {
        return new Change(Map.of(name, Optional.of(bytes(value))), 1, 1, OptionalInt.empty());
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
    void sessions_of_one_prefix_are_shared_and_of_two_apart() {
        try (var one = store("?prefix=one");
                var two = store("?prefix=one");
                var other = store("?prefix=other")) {
            one.create("/shop", "a", TIMES, Map.of("x", bytes("1")));
            assertThat(two.load("/shop", "a", _ -> NOTHING)).isPresent();
            assertThat(other.load("/shop", "a", _ -> NOTHING)).isEmpty();
            assertThat(other.ids("/shop")).isEmpty();
        }
    }

    @Test
    void one_of_two_leads_until_it_leaves() {
        try (var two = store("?prefix=led")) {
            try (var one = store("?prefix=led")) {
                assertThat(one.lead()).isTrue();
                assertThat(two.lead()).isFalse();
                assertThat(one.lead()).isTrue();
            }
            assertThat(two.lead()).isTrue();
        }
    }

    @Test
    void of_many_that_end_expired_sessions_each_session_is_ones() throws Exception {
        try (var one = store("?prefix=reaped");
                var two = store("?prefix=reaped");
                var executor = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 200; i++) {
                one.create("", "s" + i, TIMES, Map.of());
            }
            var taken = new ArrayList<String>();
            var tasks = new ArrayList<Callable<List<String>>>();
            for (var store : List.of(one, two, one, two)) {
                tasks.add(() -> takeAll(store));
            }
            for (var done : executor.invokeAll(tasks)) {
                taken.addAll(done.get());
            }
            assertThat(taken).hasSize(200).doesNotHaveDuplicates();
        }
    }

    private static List<String> takeAll(SessionStore store) {
        var ids = new ArrayList<String>();
        for (var taken = store.takeExpired("", 61_000); taken.isPresent(); taken = store.takeExpired("", 61_000)) {
            ids.add(taken.get().id());
        }
        return ids;
    }

    @Test
    void a_wrong_password_is_refused_without_being_named() {
        var url = RedisUrl.parse("redis://:guessed@127.0.0.1:" + server.port());
        try (var store = new RedisStore(url)) {
            assertThatThrownBy(() -> store.ids(""))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("asking Redis at 127.0.0.1:" + server.port() + ": ")
                    .message()
                    .doesNotContain("guessed");
        }
    }

    /** As after a failover: what one worker has stored is gone, what was stored before it is there, and others go on from that. */
    @Test
    void what_a_worker_remembers_of_lost_writes_gives_way_to_what_is_stored() {
        for (Consumer<SessionStore> meanwhile : List.<Consumer<SessionStore>>of(
                _ -> {}, store -> changeElsewhere(store, "y"), store -> changeElsewhere(store, "x"))) {
            var name = "lost" + ++stores;
            try (var store = store("?prefix=" + name);
                    var other = store("?prefix=" + name)) {
                var created = store.create("", "a", TIMES, Map.of("x", bytes("1"), "gone", bytes("2")));
                var kept = server.dump("{" + name + "}:*");
                var lost = store.commit(created.number(), set("x", "lost")).orElseThrow();
                store.commit(created.number(), removal("gone"));
                var last = store.commit(created.number(), set("new", "lost")).orElseThrow();
                server.restore("{" + name + "}:*", kept);
                meanwhile.accept(other);

                var remembered = known(last.version(), Map.of("x", lost.version(), "new", last.version()));
                var read = store.load("", "a", _ -> remembered).orElseThrow();

                assertThat(read.version()).isGreaterThan(last.version());
                var expected = other.load("", "a", _ -> NOTHING).orElseThrow();
                assertThat(read).isEqualTo(expected);
                assertThat(read.attributes().orElseThrow())
                        .as("nothing may look older than what is remembered")
                        .noneMatch(attribute -> attribute.version() < remembered.version(attribute.name()))
                        .allMatch(attribute -> attribute.value().isPresent())
                        .extracting(StoredAttribute::name)
                        .contains("x", "gone")
                        .doesNotContain("new");
            }
        }
    }

    private static Change removal(String name) {
        return new Change(Map.of(name, Optional.empty()), 1, 1, OptionalInt.empty());
    }

    private static void changeElsewhere(SessionStore store, String name) {
        long number = store.load("", "a", _ -> NOTHING).orElseThrow().number();
        assertThat(store.commit(number, set(name, "other"))).isPresent();
    }

    @Test
    void numbers_and_versions_are_new_after_redis_has_lost_everything() {
        try (var store = store("?prefix=flushed")) {
            var before = store.create("", "a", TIMES, Map.of());
            server.restore("{flushed}:*", Map.of());
            var after = store.create("", "a", TIMES, Map.of());

            assertThat(after.number()).isNotEqualTo(before.number());
            assertThat(after.version()).isNotEqualTo(before.version());
            assertThat(store.commit(before.number(), set("x", "1"))).isEmpty();
        }
    }

    @Test
    void a_session_is_gone_as_a_whole_when_redis_has_evicted_a_part_of_it() {
        try (var store = store("?prefix=evicted")) {
            long number = store.create("", "a", TIMES, Map.of("x", bytes("1"))).number();
            server.command("DEL", "{evicted}:values:" + number);

            assertThat(store.load("", "a", _ -> NOTHING)).isEmpty();
            assertThat(store.take(number)).isPresent();
        }
    }

    @Test
    void redis_removes_by_itself_what_nobody_ends() {
        try (var store = store("?prefix=left")) {
            store.create("", "a", new Times(1, 1, 1, 60), Map.of("x", bytes("1")));
            store.create("", "b", new Times(1, 1, 1, 0), Map.of("x", bytes("1")));

            assertThat(server.ttls("{left}:*:*")).hasSize(7).satisfies(ttls -> {
                assertThat(ttls.values().stream().filter(ttl -> ttl > 3600 && ttl <= 3660))
                        .hasSize(3);
                assertThat(ttls.values().stream().filter(ttl -> ttl == -1)).hasSize(4); // and the expiries
            });
        }
    }

    @Test
    void a_full_redis_takes_no_sessions_and_keeps_and_ends_those_it_has() {
        try (var full = RedisServer.start(directory);
                var store = store(full, "")) {
            long number = store.create("", "a", TIMES, Map.of("x", bytes("1"))).number();
            full.command("CONFIG", "SET", "maxmemory", "1");

            assertThatThrownBy(() -> store.create("", "b", TIMES, Map.of()))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.isTold()).isTrue())
                    .hasMessageContaining("OOM");
            assertThatThrownBy(() -> store.commit(number, set("y", "2"))).hasMessageContaining("OOM");
            assertThat(store.load("", "a", _ -> NOTHING)
                            .orElseThrow()
                            .attributes()
                            .orElseThrow())
                    .hasSize(1);
            assertThat(store.ids("")).containsExactly("a");
            assertThat(store.lead()).isTrue();
            assertThat(store.takeExpired("", 61_000)).isPresent();

            full.command("CONFIG", "SET", "maxmemory", "0");
            store.create("", "b", TIMES, Map.of());
        }
    }

    @Test
    void a_redis_that_stands_still_fails_calls_and_has_all_it_had_when_it_goes_on() {
        try (var still = RedisServer.start(directory);
                var store = store(still, "?timeout=200ms")) {
            store.create("", "a", TIMES, Map.of());
            still.signal("STOP");
            try {
                assertThatThrownBy(() -> store.ids("")).hasMessageContaining("timed out");
                // However long it takes, no caller waits for it once more; an I/O thread may be among them.
                assertThat(Await.holdsFor(Duration.ofSeconds(1), () -> isRefusedUnasked(store)))
                        .isTrue();
            } finally {
                still.signal("CONT");
            }
            assertThat(answer(store)).containsExactly("a");
        }
    }

    private static boolean isRefusedUnasked(SessionStore store) {
        try {
            store.ids("");
            return false;
        } catch (StoreException e) {
            return String.valueOf(e.getMessage()).endsWith("it has not answered lately");
        }
    }

    /** Connections that were good before are tried first; that must not cost a request. */
    @Test
    void a_redis_that_was_started_anew_is_found_at_once() {
        try (var first = RedisServer.start(directory);
                var store = store(first, "")) {
            store.create("", "a", TIMES, Map.of());
            first.stop();
            assertThatThrownBy(() -> store.ids("")).isInstanceOf(StoreException.class);
            first.restart();
            assertThat(answer(store)).isEmpty();

            first.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            assertThat(store.ids("")).isEmpty();
        }
    }

    private static Set<String> answer(SessionStore store) {
        return Await.value("an answer of Redis", Duration.ofSeconds(30), () -> {
            try {
                return Optional.of(store.ids(""));
            } catch (StoreException e) {
                return Optional.empty();
            }
        });
    }
}
