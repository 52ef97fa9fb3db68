package dev.narwhal.naming;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import dev.narwhal.contract.ResourceSpec;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.util.Locale;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A pooled {@link DataSource}. */
final class Pool implements AutoCloseable {

    private static final int MOST_CONNECTIONS = 10;
    /** HikariCP refuses less, which Tomcat's file may have. */
    private static final long LEAST_MILLIS = 250;

    /**
     * Has connections dropped that the driver calls broken by the type of its exception: the library goes by a few SQL states and error codes, and a
     * pool that is in use every moment would keep others for ever.
     */
    private static final class BrokenConnections implements SQLExceptionOverride {

        @java.lang.Override // the interface has a type of that name
        public SQLExceptionOverride.Override adjudicate(SQLException exception) {
            return exception instanceof SQLNonTransientConnectionException
                            || exception instanceof SQLRecoverableException
                    ? SQLExceptionOverride.Override.MUST_EVICT
                    : SQLExceptionOverride.Override.CONTINUE_EVICT;
        }
    }

    private final ResourceSpec resource;
    private final ClassLoader loader;
    private @Nullable HikariDataSource open;

    Pool(ResourceSpec resource, ClassLoader loader) {
        this.resource = resource;
        this.loader = loader;
    }

    /** Opens the pool, not a connection: a database that is down now may be up when it is needed. */
    synchronized DataSource open() throws ReflectiveOperationException, ResourceException {
        var pool = new HikariDataSource(config());
        open = pool;
        return pool;
    }

    @Override
    public synchronized void close() {
        if (open != null) {
            open.close();
        }
    }

    private HikariConfig config() throws ReflectiveOperationException, ResourceException {
        var config = new HikariConfig();
        config.setPoolName(resource.name());
        config.setInitializationFailTimeout(-1);
        int most = resource.setting("max-pool-size").map(Integer::valueOf).orElse(MOST_CONNECTIONS);
        config.setMaximumPoolSize(most);
        // The library's default, a pool that is always full, would be so in every worker.
        config.setMinimumIdle(Math.min(
                most, resource.setting("min-idle").map(Integer::valueOf).orElse(0)));
        millis("connection-timeout", millis -> config.setConnectionTimeout(Math.max(LEAST_MILLIS, millis)));
        millis("idle-timeout", config::setIdleTimeout);
        millis("max-lifetime", config::setMaxLifetime);
        millis("keepalive-time", config::setKeepaliveTime);
        millis("validation-timeout", millis -> config.setValidationTimeout(Math.max(LEAST_MILLIS, millis)));
        millis("leak-detection-threshold", config::setLeakDetectionThreshold);
        text("auto-commit", value -> config.setAutoCommit(Boolean.parseBoolean(value)));
        text("read-only", value -> config.setReadOnly(Boolean.parseBoolean(value)));
        text(
                "transaction-isolation",
                value -> config.setTransactionIsolation(
                        "TRANSACTION_" + value.toUpperCase(Locale.ROOT).replace('-', '_')));
        text("connection-test-query", config::setConnectionTestQuery);
        text("connection-init-sql", config::setConnectionInitSql);
        text("catalog", config::setCatalog);
        text("schema", config::setSchema);
        config.setExceptionOverride(new BrokenConnections());
        config.setDataSource(source());
        return config;
    }

    private void text(String key, Consumer<String> setter) {
        resource.setting(key).ifPresent(setter);
    }

    private void millis(String key, LongConsumer setter) {
        resource.setting(key).ifPresent(text -> setter.accept(Long.parseLong(text.replace("ms", ""))));
    }

    /** Where new connections come from. */
    private DataSource source() throws ReflectiveOperationException, ResourceException {
        var className = resource.setting("driver").or(() -> resource.setting("class"));
        if (className.isPresent()) {
            var type = load(className.get());
            if (Driver.class.isAssignableFrom(type)) {
                return connections((Driver) type.getDeclaredConstructor().newInstance());
            }
            if (DataSource.class.isAssignableFrom(type)) {
                return (DataSource) new Bean(resource, loader).of(type, Secrets.password(resource));
            }
        }
        return connections(driver());
    }

    private Class<?> load(String className) throws ResourceException {
        try {
            return Class.forName(className, true, loader);
        } catch (ClassNotFoundException e) {
            throw new ResourceException(
                    "the class " + className
                            + " is neither in the WAR nor in a library of --lib. Give the driver's JAR with --lib",
                    e);
        }
    }

    private Driver driver() throws ResourceException {
        var url = url();
        for (var driver : ServiceLoader.load(Driver.class, loader)) {
            try {
                if (driver.acceptsURL(url)) {
                    return driver;
                }
            } catch (SQLException _) {
                // says that the URL is not for it
            }
        }
        throw new ResourceException(
                "no JDBC driver in the WAR or in a library of --lib takes its url. Give the driver's JAR"
                        + " with --lib, or name its class with driver");
    }

    private String url() throws ResourceException {
        return resource.setting("url").orElseThrow(() -> new ResourceException("it has no url"));
    }

    private DataSource connections(Driver driver) throws ResourceException {
        var properties = new Properties();
        properties.putAll(resource.properties());
        resource.setting("user").ifPresent(user -> properties.setProperty("user", user));
        Secrets.password(resource).ifPresent(password -> properties.setProperty("password", password));
        return new DriverSource(driver, url(), properties);
    }
}
