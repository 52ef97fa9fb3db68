package dev.narwhal.undertow.security;

import io.undertow.security.api.NonceManager;
import io.undertow.server.HttpServerExchange;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces that every worker of the server accepts, whichever gave them out: time, randomness, and an HMAC with the secret that the workers share.
 * Nothing is remembered, so within its five minutes a nonce is good for any number of requests; DIGEST without TLS does not stop who repeats
 * a request that was overheard.
 */
final class Nonces implements NonceManager {

    private static final String ALGORITHM = "HmacSHA256";
    private static final Duration VALID = Duration.ofMinutes(5);
    private static final int BODY_BYTES = 16;

    private final SecretKeySpec key;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Nonces(byte[] secret, InstantSource clock) {
        key = new SecretKeySpec(secret, ALGORITHM);
        this.clock = clock;
    }

    @Override
    public String nextNonce(String lastNonce, HttpServerExchange exchange) {
        return next();
    }

    @Override
    public boolean validateNonce(String nonce, int nonceCount, HttpServerExchange exchange) {
        return isValid(nonce);
    }

    String next() {
        var body = ByteBuffer.allocate(BODY_BYTES)
                .putLong(clock.millis())
                .putLong(random.nextLong())
                .array();
        var nonce = Arrays.copyOf(body, BODY_BYTES * 2);
        System.arraycopy(sign(body), 0, nonce, BODY_BYTES, BODY_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    }

    boolean isValid(String nonce) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException _) {
            return false;
        }
        if (bytes.length != BODY_BYTES * 2) {
            return false;
        }
        var body = Arrays.copyOf(bytes, BODY_BYTES);
        var signature = Arrays.copyOfRange(bytes, BODY_BYTES, bytes.length);
        long age = clock.millis() - ByteBuffer.wrap(body).getLong();
        return MessageDigest.isEqual(signature, Arrays.copyOf(sign(body), BODY_BYTES))
                && age >= 0
                && age <= VALID.toMillis();
    }

    private byte[] sign(byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no " + ALGORITHM, e);
        }
    }
}
