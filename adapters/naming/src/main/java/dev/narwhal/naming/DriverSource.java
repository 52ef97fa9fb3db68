package dev.narwhal.naming;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** New connections of a JDBC driver that {@code DriverManager} would not show to the server, because an application brings it. */
final class DriverSource implements DataSource {

    private final Driver driver;
    private final String url;
    private final Properties properties;

    DriverSource(Driver driver, String url, Properties properties) {
        this.driver = driver;
        this.url = url;
        this.properties = properties;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connect(properties);
    }

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        var other = new Properties();
        other.putAll(properties);
        if (user != null) {
            other.setProperty("user", user);
        }
        if (password != null) {
            other.setProperty("password", password);
        }
        return connect(other);
    }

    private Connection connect(Properties with) throws SQLException {
        var connection = driver.connect(url, with);
        if (connection == null) {
            throw new SQLException("connecting: the driver " + driver.getClass().getName()
                    + " does not take the url of the resource. Correct driver or url.");
        }
        return connection;
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    /** What the pool waits for its threads when it is closed; for connections it has a time-out of its own. */
    @Override
    public int getLoginTimeout() {
        return 1;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return driver.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("not a wrapper for " + type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
