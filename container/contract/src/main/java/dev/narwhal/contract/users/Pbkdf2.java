package dev.narwhal.contract.users;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A PBKDF2 hash: {@code $pbkdf2-sha256$600000$SALT$HASH}, as Python's passlib writes it. Salt and hash are in base64 without padding and with
 * {@code .} for {@code +}, so that a value has neither commas nor equals signs.
 *
 * @param digest of the underlying HMAC
 * @param salt encoded
 * @param hash encoded
 */
public record Pbkdf2(Digest digest, int iterations, String salt, String hash) implements StoredPassword {

    /** What OWASP recommends for HMAC-SHA-256; about a sixth of a second of one core. */
    public static final int ITERATIONS = 600_000;

    public static final int LEAST_ITERATIONS = 1_000;
    public static final int MOST_ITERATIONS = 10_000_000;
    public static final int SALT_BYTES = 16;

    private static final int LEAST_HASH_BYTES = 16;
    private static final int MOST_HASH_BYTES = 64;

    private static final Pattern FORM =
            Pattern.compile("\\$pbkdf2-(sha256|sha512)\\$([0-9]{1,9})\\$([./A-Za-z0-9]+)\\$([./A-Za-z0-9]+)");

    /** The underlying HMAC. */
    public enum Digest {
        SHA256(32),
        SHA512(64);

        private final int bytes;

        Digest(int bytes) {
            this.bytes = bytes;
        }

        private String algorithm() {
            return "PBKDF2WithHmac" + name();
        }
    }

    /** Hashes a password with HMAC-SHA-256. */
    public static Pbkdf2 of(char[] password, byte[] salt, int iterations) {
        return new Pbkdf2(
                Digest.SHA256,
                iterations,
                encode(salt),
                encode(derive(Digest.SHA256, password, salt, iterations, Digest.SHA256.bytes)));
    }

    static Pbkdf2 parse(String text) throws BadPasswordException {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new BadPasswordException(
                    "the PBKDF2 hash is malformed. It is $pbkdf2-sha256$ITERATIONS$SALT$HASH; make one with"
                            + " 'narwhal hash-password'.");
        }
        int iterations = Integer.parseInt(matcher.group(2));
        if (iterations < LEAST_ITERATIONS || iterations > MOST_ITERATIONS) {
            throw new BadPasswordException("the PBKDF2 hash has " + iterations + " iterations. Narwhal takes "
                    + LEAST_ITERATIONS + " to " + MOST_ITERATIONS + ".");
        }
        try {
            decode(matcher.group(3));
            int bytes = decode(matcher.group(4)).length;
            if (bytes < LEAST_HASH_BYTES || bytes > MOST_HASH_BYTES) {
                throw new BadPasswordException("the hash of the PBKDF2 value has " + bytes + " bytes. Narwhal takes "
                        + LEAST_HASH_BYTES + " to " + MOST_HASH_BYTES + ".");
            }
        } catch (IllegalArgumentException _) {
            throw new BadPasswordException("salt or hash of the PBKDF2 value is no base64.");
        }
        return new Pbkdf2(
                Digest.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)),
                iterations,
                matcher.group(3),
                matcher.group(4));
    }

    /** Whether this is the hash of that password. Slow by design; takes the same time for every password. */
    public boolean matches(char[] password) {
        var expected = decode(hash);
        return MessageDigest.isEqual(expected, derive(digest, password, decode(salt), iterations, expected.length));
    }

    /** What stands in a users file. */
    public String text() {
        return "$pbkdf2-%s$%d$%s$%s".formatted(digest.name().toLowerCase(Locale.ROOT), iterations, salt, hash);
    }

    @Override
    public String toString() {
        return "pbkdf2";
    }

    private static byte[] derive(Digest digest, char[] password, byte[] salt, int iterations, int bytes) {
        var spec = new PBEKeySpec(password, salt, iterations, bytes * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance(digest.algorithm())
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no " + digest.algorithm(), e);
        } finally {
            spec.clearPassword();
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes).replace('+', '.');
    }

    private static byte[] decode(String text) {
        return Base64.getDecoder().decode(text.replace('.', '+'));
    }
}
