package dev.narwhal.worker.security;

import dev.narwhal.contract.users.User;
import java.util.Optional;

/** Where users come from. Verifies nothing: {@link Logins} does, for all realms alike. */
@FunctionalInterface
public interface Realm {

    /** The realm of a server without users. */
    Realm NOBODY = _ -> Optional.empty();

    /** The user with exactly that name. Asked at every request of a user who is logged in, on the request's thread. */
    Optional<User> find(String name);
}
