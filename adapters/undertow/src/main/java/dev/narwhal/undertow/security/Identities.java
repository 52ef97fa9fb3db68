package dev.narwhal.undertow.security;

import dev.narwhal.contract.users.User;
import dev.narwhal.worker.security.Logins;
import io.undertow.security.idm.Account;
import io.undertow.security.idm.Credential;
import io.undertow.security.idm.DigestCredential;
import io.undertow.security.idm.IdentityManager;
import io.undertow.security.idm.PasswordCredential;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The realm, as Undertow's mechanisms ask for it. */
final class Identities implements IdentityManager {

    private static final Logger log = LoggerFactory.getLogger(Identities.class);

    private final Logins logins;
    private final AtomicBoolean warned = new AtomicBoolean();

    Identities(Logins logins) {
        this.logins = logins;
    }

    /** A user whose name something else than a password has proved. */
    Optional<Account> find(String name) {
        return logins.find(name).map(UserAccount::of);
    }

    /** A user who logged in earlier: still there, and with the roles of today. */
    @Override
    public @Nullable Account verify(Account account) {
        return logins.find(account.getPrincipal().getName())
                .map(UserAccount::of)
                .orElse(null);
    }

    @Override
    public @Nullable Account verify(String id, Credential credential) {
        return switch (credential) {
            case PasswordCredential password ->
                logins.verify(id, password.getPassword()).map(UserAccount::of).orElse(null);
            case DigestCredential digest ->
                logins.find(id)
                        .filter(user -> verify(user, digest))
                        .map(UserAccount::of)
                        .orElse(null);
            default -> null;
        };
    }

    private boolean verify(User user, DigestCredential credential) {
        var digest = Logins.digest(user, credential.getRealm());
        if (digest.isEmpty() && warned.compareAndSet(false, true)) {
            log.warn(
                    "user '{}' cannot log in by DIGEST to realm '{}': the password is kept as {}. DIGEST needs the password itself,"
                            + " or $ha1$REALM$ and the MD5 of name:realm:password, in the users file.",
                    user.name(),
                    credential.getRealm(),
                    user.password());
        }
        return digest.map(ha1 -> credential.verifyHA1(ha1.getBytes(StandardCharsets.US_ASCII)))
                .orElse(false);
    }

    @Override
    public @Nullable Account verify(Credential credential) {
        return null;
    }
}
