package dev.narwhal.contract.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UsersFileTest {

    private static UsersFile parse(String text) {
        return UsersFile.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_line_is_a_name_a_password_and_roles() {
        var file = parse("# users\r\n\r\n alice = won=der , admin,member \r\nbob=$x\n");

        assertThat(file.problems()).isEmpty();
        assertThat(file.users())
                .containsEntry(
                        "alice", new User("alice", new StoredPassword.Plain("won=der"), Set.of("admin", "member")))
                .containsEntry("bob", new User("bob", new StoredPassword.Plain("$x"), Set.of()))
                .hasSize(2);
    }

    @Test
    void the_subject_of_a_certificate_is_a_name_in_quotes_and_needs_no_password() {
        var file = parse("\"CN=alice, O=Narwhal: Sea\" = , member\n\"bob\"=builder\n");

        assertThat(file.problems()).isEmpty();
        assertThat(file.users())
                .containsEntry(
                        "CN=alice, O=Narwhal: Sea",
                        new User("CN=alice, O=Narwhal: Sea", new StoredPassword.None(), Set.of("member")))
                .containsEntry("bob", new User("bob", new StoredPassword.Plain("builder"), Set.of()));
    }

    @Test
    void a_user_shows_no_password() {
        assertThat(parse("alice=wonder\nbob=$ha1$r$0123456789abcdef0123456789abcdef")
                        .users())
                .asString()
                .doesNotContain("wonder")
                .doesNotContain("0123");
    }

    @ParameterizedTest
    @CsvSource({
        "alice, 1, the line has no '='. Write name=password;role;role.",
        "=x, 1, there is no name before '='.",
        "a:b=x, 1, the name 'a:b' has a colon; which BASIC ends a name with.",
        "alice=, 1, user 'alice': the password is empty.",
        "\"CN=alice, 1, the quotes around the name are not closed. Write \"name\"=password;role.",
        "\"CN=alice\"x=y, 1, there is something between the quotes and '='. Write \"name\"=password.",
        "alice={SSHA}x, 1, user 'alice': this kind of hash is not known. Make one with 'narwhal hash-password'.",
        "alice=$pbkdf2-sha256$1$AAAA$AAAA, 1, user 'alice': the PBKDF2 hash has 1 iterations. Narwhal takes 1000 to 10000000.",
        "alice=$pbkdf2-sha256$1000$AAAA$AAAA, 1, user 'alice': the hash of the PBKDF2 value has 3 bytes. Narwhal takes 16 to 64."
    })
    void a_mistake_is_told_with_its_line(String line, int number, String text) {
        assertThat(parse(line).problems())
                .singleElement()
                .isEqualTo(new UsersFile.Problem(number, text.replace(';', ',')));
    }

    @Test
    void pbkdf2_is_what_others_compute() throws BadPasswordException {
        // RFC 7914 §11: HMAC-SHA-256, the first 32 bytes; and Python's hashlib
        var rfc = (Pbkdf2)
                StoredPassword.parse("$pbkdf2-sha256$80000$TmFDbA$TdzY9guYviGDDO5e8icB.WQaRBjQTAQUrv8Ih2s0q1Y");
        var python = (Pbkdf2)
                StoredPassword.parse(
                        "$pbkdf2-sha512$1000$TmFDbA$fJv5UZLiXQf1ObrXTelR4zhgKPDSVcaAq4AcawOeoZnWqt9bI8IuL1B7DHXWYCv7cLzEcpU0MfuCZh4/gi1Lww");

        assertThat(rfc.matches("Password".toCharArray())).isTrue();
        assertThat(python.matches("pässword".toCharArray())).isTrue();
        assertThat(python.matches("password".toCharArray())).isFalse();
    }

    @Test
    void a_hash_made_here_is_read_here() throws BadPasswordException {
        var made = Pbkdf2.of("pässword".toCharArray(), new byte[] {1, 2, 3, (byte) 0xfb, 5}, 1000);

        assertThat(StoredPassword.parse(made.text())).isEqualTo(made);
        assertThat(made.matches("pässword".toCharArray())).isTrue();
        assertThat(made.matches("passwort".toCharArray())).isFalse();
        assertThat(made).hasToString("pbkdf2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2y$05$short",
                "$2x$05$CCCCCCCCCCCCCCCCCCCCC.Pv.TQgSGieWph.eog1e8xhQ6Q8fsrCG",
                "$ha1$r$12",
                "$6$salt$hash"
            })
    void a_malformed_hash_is_no_plain_password(String text) {
        assertThatThrownBy(() -> StoredPassword.parse(text)).isInstanceOf(BadPasswordException.class);
    }
}
