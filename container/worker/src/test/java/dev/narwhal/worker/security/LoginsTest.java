package dev.narwhal.worker.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.contract.users.BadPasswordException;
import dev.narwhal.contract.users.Pbkdf2;
import dev.narwhal.contract.users.StoredPassword;
import dev.narwhal.contract.users.User;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoginsTest {

    private final Map<String, User> users = new HashMap<>();
    private final Logins logins = new Logins(name -> Optional.ofNullable(users.get(name)));

    private void add(String name, StoredPassword password) {
        users.put(name, new User(name, password, Set.of()));
    }

    private boolean verify(String name, String password) {
        return logins.verify(name, password.toCharArray()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "wonder, wonder",
        "$2b$04$CCCCCCCCCCCCCCCCCCCCC.NvsxVFT.0f8Y82qIsbJnhA4SYQq6Zaa, ünï",
        "$2y$05$CCCCCCCCCCCCCCCCCCCCC.Pv.TQgSGieWph.eog1e8xhQ6Q8fsrCG, bcrypt",
        "$ha1$r$c90e284447868d5f387ddb5edeefef5c, x"
    })
    void a_password_is_right_or_wrong(String stored, String password) throws BadPasswordException {
        add("alice", StoredPassword.parse(stored));

        assertThat(verify("alice", password)).isTrue();
        assertThat(verify("alice", password + "x")).isFalse();
        assertThat(verify("alice", password + "\0")).isFalse();
        assertThat(verify("Alice", password)).isFalse();
    }

    @Test
    void a_right_password_is_hashed_once_and_a_changed_hash_ends_that() {
        add("alice", Pbkdf2.of("one".toCharArray(), new byte[16], 1_000_000));
        long slow = nanos(() -> assertThat(verify("alice", "one")).isTrue());
        long fast = nanos(() -> assertThat(verify("alice", "one")).isTrue());

        assertThat(fast).isLessThan(slow / 4);
        assertThat(verify("alice", "two")).isFalse();

        add("alice", Pbkdf2.of("two".toCharArray(), new byte[16], 1000));
        assertThat(verify("alice", "one")).isFalse();
        assertThat(verify("alice", "two")).isTrue();

        users.clear();
        assertThat(verify("alice", "two")).isFalse();
    }

    @Test
    void an_unknown_name_costs_what_a_wrong_password_costs() {
        add("alice", Pbkdf2.of("one".toCharArray(), new byte[16], 1_000_000));
        long wrong = nanos(() -> assertThat(verify("alice", "two")).isFalse());
        long unknown = nanos(() -> assertThat(verify("nobody", "two")).isFalse());

        assertThat(unknown).isGreaterThan(wrong / 4);
    }

    private static long nanos(Runnable task) {
        long begin = System.nanoTime();
        task.run();
        return System.nanoTime() - begin;
    }

    @Test
    void digest_needs_the_password_or_what_md5_makes_of_it() throws BadPasswordException {
        assertThat(Logins.digest(user("Circle Of Life"), "testrealm@host.com"))
                .contains("939e7578ed9e3c518a452acee763bce9"); // RFC 2617 §3.5
        assertThat(Logins.digest(user("$ha1$r$0123456789abcdef0123456789ABCDEF"), "r"))
                .contains("0123456789abcdef0123456789abcdef");
        assertThat(Logins.digest(user("$ha1$r$0123456789abcdef0123456789ABCDEF"), "s"))
                .isEmpty();
        assertThat(Logins.digest(
                        user(Pbkdf2.of("x".toCharArray(), new byte[16], 1000).text()), "r"))
                .isEmpty();
    }

    private static User user(String stored) throws BadPasswordException {
        return new User("Mufasa", StoredPassword.parse(stored), Set.of());
    }
}
