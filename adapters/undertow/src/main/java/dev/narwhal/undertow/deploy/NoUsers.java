package dev.narwhal.undertow.deploy;

import io.undertow.security.idm.Account;
import io.undertow.security.idm.Credential;
import io.undertow.security.idm.IdentityManager;
import org.jspecify.annotations.Nullable;

/** The realm of a server without users: whoever is asked to log in cannot. */
final class NoUsers implements IdentityManager {

    @Override
    public Account verify(Account account) {
        return account;
    }

    @Override
    public @Nullable Account verify(String id, Credential credential) {
        return null;
    }

    @Override
    public @Nullable Account verify(Credential credential) {
        return null;
    }
}
