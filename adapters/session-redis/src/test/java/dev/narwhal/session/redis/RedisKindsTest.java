package dev.narwhal.session.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narwhal.contract.RedisUrl;
import dev.narwhal.harness.Authority;
import dev.narwhal.harness.RedisServer;
import dev.narwhal.worker.session.Change;
import dev.narwhal.worker.session.Serialized;
import dev.narwhal.worker.session.SessionStore;
import dev.narwhal.worker.session.StoreException;
import dev.narwhal.worker.session.Times;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that speaks TLS, a cluster, a sentinel: each a real one. */
final class RedisKindsTest {

    private static final Times TIMES = new Times(1, 1, 1, 60);

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
        try (var redis = RedisServer.startCluster(directory);
                var store = store("redis-cluster://127.0.0.1:" + redis.port())) {
            works(store);
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
