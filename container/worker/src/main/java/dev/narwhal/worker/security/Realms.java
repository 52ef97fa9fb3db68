package dev.narwhal.worker.security;

import dev.narwhal.contract.WorkerSpec.UserDatabase;
import java.util.Optional;

/**
 * Who may log in to which application: the users of the file are the same for all; a data source may be another for each, as {@code
 * META-INF/context.xml} may have one.
 */
public record Realms(Realm file, Optional<UserDatabase> database) {

    /**
     * The realm of one application. Asks no database.
     *
     * @param classLoader of the application, which has its names by now
     * @param application its context path, for messages
     */
    public Realm of(ClassLoader classLoader, String application) {
        return database.map(users -> file.or(new DatabaseRealm(users, classLoader, application)))
                .orElse(file);
    }

    /** Why no user of the database can log in to the application, as far as that can be said without asking it. */
    public Optional<String> problem(ClassLoader classLoader, String application) {
        return database.flatMap(users -> new DatabaseRealm(users, classLoader, application).problem());
    }
}
