package dev.narwhal.worker.security;

import dev.narwhal.contract.users.User;
import java.util.Optional;

/** Where users come from. Verifies nothing: {@link Logins} does, for all realms alike. */
@FunctionalInterface
public interface Realm {

    /** The realm of a server without users. */
    Realm NOBODY = _ -> Optional.empty();

    /**
     * The user with exactly that name. Asked at every request of a user who is logged in, on the request's thread, so what is returned may be some
     * seconds old.
     *
     * @throws RealmException when nobody can say
     */
    Optional<User> find(String name);

    /**
     * The user as of now: asked when a password is wrong for what {@link #find} said.
     *
     * @throws RealmException as above
     */
    default Optional<User> findNow(String name) {
        return find(name);
    }

    /** Asks this one, then another for whom this one does not have. */
    default Realm or(Realm other) {
        return new Realm() {
            @Override
            public Optional<User> find(String name) {
                return Realm.this.find(name).or(() -> other.find(name));
            }

            @Override
            public Optional<User> findNow(String name) {
                return Realm.this.findNow(name).or(() -> other.findNow(name));
            }
        };
    }
}
