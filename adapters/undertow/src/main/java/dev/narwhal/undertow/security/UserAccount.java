package dev.narwhal.undertow.security;

import dev.narwhal.contract.users.User;
import io.undertow.security.idm.Account;
import java.io.Serializable;
import java.security.Principal;
import java.util.Set;

/** A user who is logged in, as Undertow and the application see them. Kept in sessions: the roles there are only a copy. */
record UserAccount(UserPrincipal user, Set<String> roles) implements Account, Serializable {

    /** What {@code getUserPrincipal} returns. */
    record UserPrincipal(String name) implements Principal, Serializable {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    UserAccount {
        roles = Set.copyOf(roles);
    }

    static UserAccount of(User user) {
        return new UserAccount(new UserPrincipal(user.name()), user.roles());
    }

    @Override
    public Principal getPrincipal() {
        return user;
    }

    @Override
    public Set<String> getRoles() {
        return roles;
    }
}
