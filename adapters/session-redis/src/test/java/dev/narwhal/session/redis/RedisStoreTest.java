package dev.narwhal.session.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narwhal.sessionstore.SessionStoreContract;
import dev.narwhal.worker.session.SessionStore;
import dev.narwhal.worker.session.StoreException;
import dev.narwhal.worker.session.Times;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store promises, and what Redis adds to it. */
final class RedisStoreTest extends SessionStoreContract {

    private static final Times TIMES = new Times(1, 1, 1, 60);

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private static Path directory;

    @SuppressWarnings("NullAway.Init") // by start
    private static RedisServer server;

    private static int stores;

    @BeforeAll
    static void start() throws Exception {
        server = RedisServer.start(directory, "--requirepass", "secret");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected SessionStore open(Path empty) {
        stores++;
        return store("?prefix=test" + stores);
    }

    private static SessionStore store(String options) {
        return new RedisStore(RedisUrl.parse(server.url() + options), Optional.of("secret"));
    }

    @Test
    void sessions_of_one_prefix_are_shared_and_of_two_apart() {
        try (var one = store("?prefix=one");
                var two = store("?prefix=one");
                var other = store("?prefix=other")) {
            one.create("/shop", "a", TIMES, Map.of());
            assertThat(two.ids("/shop")).containsExactly("a");
            assertThat(other.ids("/shop")).isEmpty();
        }
    }

    @Test
    void one_of_two_leads() {
        try (var one = store("?prefix=led");
                var two = store("?prefix=led")) {
            assertThat(one.lead()).isTrue();
            assertThat(two.lead()).isFalse();
            assertThat(one.lead()).isTrue();
        }
    }

    @Test
    void a_wrong_password_is_refused_without_being_named() {
        try (var store = new RedisStore(RedisUrl.parse(server.url()), Optional.of("guessed"))) {
            assertThatThrownBy(() -> store.ids(""))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("asking Redis at")
                    .message()
                    .doesNotContain("guessed");
        }
    }

    @Test
    void a_server_that_stands_still_fails_calls_and_has_all_it_had_when_it_goes_on() throws Exception {
        try (var store = store("?prefix=stopped&timeout=200")) {
            store.create("", "a", TIMES, Map.of());
            server.signal("STOP");
            try {
                assertThatThrownBy(() -> store.ids("")).isInstanceOf(StoreException.class);
            } finally {
                server.signal("CONT");
            }
            while (true) {
                try {
                    assertThat(store.ids("")).containsExactly("a");
                    return;
                } catch (StoreException e) {
                    Thread.sleep(20);
                }
            }
        }
    }
}
