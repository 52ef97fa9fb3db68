package dev.narwhal.worker.security;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import dev.narwhal.contract.users.Pbkdf2;
import dev.narwhal.contract.users.StoredPassword;
import dev.narwhal.contract.users.User;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Verifies what users give as their password.
 *
 * <p>Comparisons take the same time wherever two values differ, and an unknown name costs what a wrong password costs. A password that was right a
 * moment ago is not hashed again, see {@link Verified}; wrong ones always are.
 */
public final class Logins {

    private final Realm realm;
    private final Fingerprint fingerprint = new Fingerprint();
    private final Verified verified = new Verified();
    /** The slow hash last verified; the stand-in for users who do not exist. */
    private volatile StoredPassword decoy = new StoredPassword.Plain("");

    public Logins(Realm realm) {
        this.realm = realm;
    }

    /** The user as the realm has it now. */
    public Optional<User> find(String name) {
        return realm.find(name);
    }

    /** The user, if that is the password. The array stays the caller's. */
    public Optional<User> verify(String name, char[] password) {
        var user = realm.find(name);
        if (user.isEmpty()) {
            var _ = matches(name, decoy, password, System.nanoTime());
            return Optional.empty();
        }
        return user.filter(found -> matches(name, found.password(), password, System.nanoTime()))
                .or(() -> verifyNow(name, user.get(), password));
    }

    /** Whoever has just changed the password can log in with it at once. */
    private Optional<User> verifyNow(String name, User before, char[] password) {
        return realm.findNow(name)
                .filter(now -> !now.password().equals(before.password()))
                .filter(now -> matches(name, now.password(), password, System.nanoTime()));
    }

    /**
     * What DIGEST calls H(A1): the hexadecimal MD5 of {@code name:realm:password}.
     *
     * @return empty when it cannot be computed: from a hash nobody knows the password, and a stored H(A1) is good for its realm only
     */
    public static Optional<String> digest(User user, String realmName) {
        return switch (user.password()) {
            case StoredPassword.Plain(String text) -> Optional.of(md5(user.name() + ":" + realmName + ":" + text));
            case StoredPassword.Ha1(String realm, String digest) when realm.equals(realmName) -> Optional.of(digest);
            case StoredPassword.Ha1 _, StoredPassword.Bcrypt _, StoredPassword.None _, Pbkdf2 _ -> Optional.empty();
        };
    }

    private boolean matches(String name, StoredPassword stored, char[] password, long now) {
        return switch (stored) {
            case StoredPassword.Plain(String text) ->
                MessageDigest.isEqual(fingerprint.of(text.toCharArray()), fingerprint.of(password));
            case StoredPassword.Ha1(String realm, String digest) ->
                MessageDigest.isEqual(
                        digest.getBytes(StandardCharsets.US_ASCII),
                        md5(name + ":" + realm + ":" + new String(password)).getBytes(StandardCharsets.US_ASCII));
            case StoredPassword.Bcrypt _, Pbkdf2 _ -> matchesHash(name, stored, password, now);
            case StoredPassword.None _ -> false;
        };
    }

    private boolean matchesHash(String name, StoredPassword stored, char[] password, long now) {
        decoy = stored;
        var key = new Verified.Key(name, stored, HexFormat.of().formatHex(fingerprint.of(password)));
        if (verified.recently(key, now)) {
            return true;
        }
        boolean matches = switch (stored) {
            case Pbkdf2 hash -> hash.matches(password);
            case StoredPassword.Bcrypt(String text) -> bcrypt(text, password);
            case StoredPassword.Plain _, StoredPassword.Ha1 _, StoredPassword.None _ ->
                throw new IllegalStateException("no hash: " + stored);
        };
        if (matches) {
            verified.remember(key, now);
        }
        return matches;
    }

    /** As every other implementation does, only the first 72 bytes count. */
    private static boolean bcrypt(String hash, char[] password) {
        var given = Fingerprint.utf8(password);
        try {
            return BCrypt.verifyer(
                            BCrypt.Version.VERSION_2A, LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2A))
                    .verify(given, hash.getBytes(StandardCharsets.US_ASCII))
                    .verified;
        } finally {
            Arrays.fill(given, (byte) 0);
        }
    }

    /** DIGEST as browsers know it is built on MD5. */
    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no MD5", e);
        }
    }
}
