package dev.narwhal.session.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narwhal.contract.RedisUrl;
import dev.narwhal.harness.Authority;
import dev.narwhal.harness.Await;
import dev.narwhal.harness.RedisServer;
import dev.narwhal.worker.session.Change;
import dev.narwhal.worker.session.Serialized;
import dev.narwhal.worker.session.SessionStore;
import dev.narwhal.worker.session.StoreException;
import dev.narwhal.worker.session.Times;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that speaks TLS, a cluster, a sentinel: each a real one. */
final class RedisKindsTest {

    private static final Times TIMES = new Times(1, 1, 1, 60);
    private static final Serialized ONE = Serialized.of(new byte[] {1});
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path directory;

    private static SessionStore store(String url) {
        return new RedisStore(RedisUrl.parse(url).withPassword(Optional.of(RedisServer.PASSWORD)));
    }

    private static void works(SessionStore store) {
        var created = store.create("/shop", "a", TIMES, Map.of("x", Serialized.of(new byte[] {1})));
        store.commit(
                created.number(),
                new Change(Map.of("y", Optional.of(Serialized.of(new byte[] {2}))), 2, 2, OptionalInt.empty()));
        assertThat(store.rename(created.number(), "b")).isTrue();
        assertThat(store.lead()).isTrue();
        assertThat(store.count("/shop")).isOne();
        assertThat(store.takeExpired("/shop", 61_000).orElseThrow().attributes().orElseThrow())
                .hasSize(2);
    }

    @Test
    void tls_is_spoken_with_whoever_has_a_certificate_for_the_host_of_an_authority_that_is_trusted() {
        var authority = Authority.named("CN=Redis Authority");
        var trusted = authority.write(directory.resolve("ca.pem"));
        var foreign = Authority.named("CN=Another").write(directory.resolve("foreign.pem"));
        try (var redis = RedisServer.startWithTls(directory, authority.issue("CN=redis"), trusted)) {
            var url = "rediss://%s:" + redis.port() + "?ca=";
            try (var store = store(url.formatted("127.0.0.1") + trusted)) {
                works(store);
            }
            for (var wrong : new String[] {
                url.formatted("127.0.0.1") + foreign,
                url.formatted("127.0.0.2") + trusted,
                "rediss://127.0.0.1:" + redis.port(),
                "redis://127.0.0.1:" + redis.port()
            }) {
                try (var store = store(wrong)) {
                    assertThatThrownBy(() -> store.ids("")).as(wrong).isInstanceOf(StoreException.class);
                }
            }
        }
    }

    @Test
    void in_a_cluster_all_keys_of_a_session_are_in_one_slot() {
        var nodes = RedisServer.startCluster(directory, 3);
        try {
            for (var node : nodes) {
                try (var store =
                        store("redis-cluster://127.0.0.1:%d?prefix=of%d".formatted(node.port(), node.port()))) {
                    works(store);
                }
            }
        } finally {
            nodes.forEach(RedisServer::close);
        }
    }

    @Test
    void a_replica_that_the_sentinels_promote_has_the_sessions_and_takes_writes() throws IOException {
        var second = Files.createDirectory(directory.resolve("second"));
        try (var redis = RedisServer.start(directory);
                var replica = RedisServer.startReplica(second, redis);
                var sentinel = RedisServer.startSentinel(directory, redis);
                var store = store("redis-sentinel://127.0.0.1:%d/main?timeout=500ms".formatted(sentinel.port()))) {
            long number = store.create("/shop", "a", TIMES, Map.of("x", ONE)).number();
            Await.until(
                    "the session in the replica",
                    LIMIT,
                    () -> !replica.ttls("*session:*").isEmpty());
            Await.until("that the sentinel knows the replica", LIMIT, () -> said(sentinel, "+slave"));

            redis.stop();
            Await.until("a write to the replica", LIMIT, () -> commits(store, number, "y"));

            assertThat(store.load("/shop", "a", _ -> new NothingKnown())
                            .orElseThrow()
                            .attributes()
                            .orElseThrow())
                    .hasSize(2);
            assertThat(replica.ttls("*session:*")).hasSize(1);
        }
    }

    @Test
    void one_that_may_not_be_written_to_is_used_for_nothing_else_until_it_may() {
        try (var redis = RedisServer.start(directory);
                var store = store("redis://127.0.0.1:" + redis.port())) {
            long number = store.create("/shop", "a", TIMES, Map.of("x", ONE)).number();
            redis.command("CONFIG", "SET", "min-replicas-to-write", "1");
            assertThatThrownBy(() -> store.commit(number, set("y"))).hasMessageContaining("NOREPLICAS");
            redis.command("CONFIG", "SET", "min-replicas-to-write", "0");
            assertThat(commits(store, number, "y")).isTrue();

            redis.command("REPLICAOF", "127.0.0.1", "1");
            assertThatThrownBy(() -> store.commit(number, set("z")))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.isTold()).isTrue())
                    .hasMessageContaining("READONLY");
            redis.command("REPLICAOF", "NO", "ONE");
            assertThat(commits(store, number, "z")).isTrue();
        }
    }

    private static Change set(String name) {
        return new Change(Map.of(name, Optional.of(ONE)), 2, 2, OptionalInt.empty());
    }

    private static boolean commits(SessionStore store, long number, String name) {
        try {
            return store.commit(number, set(name)).isPresent();
        } catch (StoreException e) {
            return false;
        }
    }

    private static boolean said(RedisServer server, String text) {
        try {
            return Files.readString(server.log()).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class NothingKnown implements SessionStore.Known {
        @Override
        public long version() {
            return 0;
        }

        @Override
        public long version(String attribute) {
            return 0;
        }
    }

    @Test
    void sentinels_lead_to_the_server() {
        try (var redis = RedisServer.start(directory);
                var sentinel = RedisServer.startSentinel(directory, redis);
                var store = store("redis-sentinel://127.0.0.1:%d/main".formatted(sentinel.port()))) {
            works(store);
            redis.stop();
            assertThatThrownBy(() -> store.ids("")).isInstanceOf(StoreException.class);
        }
    }
}
