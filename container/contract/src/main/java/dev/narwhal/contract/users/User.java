package dev.narwhal.contract.users;

import java.util.Set;

/**
 * Somebody who may log in.
 *
 * @param password what is known of the password
 * @param roles as the application's descriptor names them
 */
public record User(String name, StoredPassword password, Set<String> roles) {

    public User {
        roles = Set.copyOf(roles);
    }
}
