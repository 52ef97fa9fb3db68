package dev.narwhal.undertow.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class NoncesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static Nonces at(int secret, long secondsLater) {
        var bytes = new byte[32];
        bytes[0] = (byte) secret;
        return new Nonces(bytes, InstantSource.fixed(NOW.plusSeconds(secondsLater)));
    }

    @Test
    void a_nonce_is_good_for_five_minutes_in_every_process_that_knows_the_secret() {
        var nonce = at(1, 0).next();

        assertThat(at(1, 0).isValid(nonce)).isTrue();
        assertThat(at(1, 300).isValid(nonce)).isTrue();
        assertThat(at(1, 301).isValid(nonce)).isFalse();
        assertThat(at(1, -1).isValid(nonce)).isFalse();
        assertThat(at(2, 0).isValid(nonce)).isFalse();
    }

    @Test
    void nonces_differ_and_cannot_be_altered() {
        var nonces = at(1, 0);
        var nonce = nonces.next();

        assertThat(nonces.next()).isNotEqualTo(nonce);
        assertThat(nonces.isValid((nonce.startsWith("A") ? "B" : "A") + nonce.substring(1)))
                .isFalse();
        assertThat(nonces.isValid("")).isFalse();
        assertThat(nonces.isValid("?")).isFalse();
    }
}
