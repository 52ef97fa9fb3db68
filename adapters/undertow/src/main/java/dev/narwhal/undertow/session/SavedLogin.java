package dev.narwhal.undertow.session;

import io.undertow.security.api.AuthenticatedSessionManager.AuthenticatedSession;
import io.undertow.security.idm.Account;
import java.io.Serializable;
import java.security.Principal;
import java.util.List;
import java.util.Set;

/**
 * Who is logged in, as the store has it.
 *
 * @param mechanism how: {@code FORM}
 * @param name of the principal
 * @param roles in order
 */
record SavedLogin(String mechanism, String name, List<String> roles) implements Serializable {

    private record NamedPrincipal(String getName) implements Principal {}

    private record RestoredAccount(NamedPrincipal principal, Set<String> roles) implements Account {

        @Override
        public Principal getPrincipal() {
            return principal;
        }

        @Override
        public Set<String> getRoles() {
            return roles;
        }
    }

    static SavedLogin of(AuthenticatedSession login) {
        var account = login.getAccount();
        return new SavedLogin(
                login.getMechanism(),
                account.getPrincipal().getName(),
                account.getRoles().stream().sorted().toList());
    }

    AuthenticatedSession restore() {
        return new AuthenticatedSession(new RestoredAccount(new NamedPrincipal(name), Set.copyOf(roles)), mechanism);
    }
}
