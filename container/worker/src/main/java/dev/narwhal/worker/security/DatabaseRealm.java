package dev.narwhal.worker.security;

import dev.narwhal.contract.WorkerSpec.UserDatabase;
import dev.narwhal.contract.users.BadPasswordException;
import dev.narwhal.contract.users.StoredPassword;
import dev.narwhal.contract.users.User;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users of a database, through a data source of the application. Remembers those it has found for a while; of those it has not found it asks
 * each time. When the database does not answer, what is remembered and too old counts no more.
 */
final class DatabaseRealm implements Realm {

    private record Known(User user, long since) {}

    private static final String NAMES = "java:comp/env/";
    private static final int MOST = 10_000;

    private static final Logger log = LoggerFactory.getLogger(DatabaseRealm.class);

    private final UserDatabase database;
    private final ClassLoader classLoader;
    private final String application;
    private final ConcurrentHashMap<String, Known> known = new ConcurrentHashMap<>();
    private final AtomicBoolean failing = new AtomicBoolean();

    DatabaseRealm(UserDatabase database, ClassLoader classLoader, String application) {
        this.database = database;
        this.classLoader = classLoader;
        this.application = application;
    }

    @Override
    public Optional<User> find(String name) {
        var before = known.get(name);
        return before != null && isYoung(before, System.nanoTime()) ? Optional.of(before.user()) : findNow(name);
    }

    @Override
    public Optional<User> findNow(String name) {
        try {
            long now = System.nanoTime();
            var user = ask(name);
            if (failing.compareAndSet(true, false)) {
                log.info("the users of {} can be asked again (application {})", database.dataSource(), application);
            }
            remember(name, user, now);
            return user;
        } catch (SQLException | NamingException | RuntimeException e) {
            throw failed(e);
        }
    }

    /** What is wrong with the data source, without a connection. */
    Optional<String> problem() {
        try {
            var _ = dataSource();
            return Optional.empty();
        } catch (NamingException e) {
            return Optional.of(told(e));
        }
    }

    private boolean isYoung(Known user, long now) {
        return now - user.since() < database.cache().toNanos();
    }

    private void remember(String name, Optional<User> user, long now) {
        if (user.isEmpty() || database.cache().isZero()) {
            known.remove(name);
            return;
        }
        if (known.size() >= MOST) {
            known.values().removeIf(other -> !isYoung(other, now));
        }
        if (known.size() < MOST || known.containsKey(name)) {
            known.put(name, new Known(user.get(), now));
        }
    }

    /** Says so once, until the database answers again: a crowd that cannot log in must not fill the disk. */
    private RealmException failed(Exception cause) {
        if (failing.compareAndSet(false, true)) {
            log.error(
                    "asking data source {} for users of the application at {}: {}. Nobody whom it has to vouch for gets in, they"
                            + " are answered 503, until it can be asked.",
                    database.dataSource(),
                    application,
                    told(cause));
        }
        return new RealmException("the users of " + database.dataSource() + " cannot be asked", cause);
    }

    private static String told(Exception e) {
        return String.valueOf(e.getMessage()).replaceFirst("\\.\\s*$", "");
    }

    private Optional<User> ask(String name) throws SQLException, NamingException {
        try (var connection = dataSource().getConnection()) {
            var password = password(connection, name);
            return password.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new User(name, password.get(), roles(connection, name)));
        }
    }

    /** Names belong to whoever has the application's class loader. */
    @SuppressWarnings("BanJNDI") // the name is the operator's
    private DataSource dataSource() throws NamingException {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(classLoader);
        try {
            var found = InitialContext.<Object>doLookup(NAMES + database.dataSource());
            if (found instanceof DataSource source) {
                return source;
            }
            throw new NamingException(database.dataSource() + " is a "
                    + found.getClass().getName() + " and not a " + DataSource.class.getName());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private Optional<StoredPassword> password(Connection connection, String name) throws SQLException {
        try (var query = connection.prepareStatement(database.passwordQuery())) {
            query.setString(1, name);
            try (var rows = query.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                var text = rows.getString(1);
                // A column of type CHAR is filled up with blanks.
                return text == null ? Optional.of(new StoredPassword.None()) : stored(name, text.stripTrailing());
            }
        }
    }

    private static Optional<StoredPassword> stored(String name, String text) {
        try {
            return Optional.of(StoredPassword.parse(text));
        } catch (BadPasswordException e) {
            log.warn("user '{}' of the database cannot log in: {}", name, e.getMessage());
            return Optional.empty();
        }
    }

    private Set<String> roles(Connection connection, String name) throws SQLException {
        try (var query = connection.prepareStatement(database.rolesQuery())) {
            query.setString(1, name);
            try (var rows = query.executeQuery()) {
                var roles = new HashSet<String>();
                while (rows.next()) {
                    var role = rows.getString(1);
                    if (role != null) {
                        roles.add(role.strip());
                    }
                }
                return roles;
            }
        }
    }
}
