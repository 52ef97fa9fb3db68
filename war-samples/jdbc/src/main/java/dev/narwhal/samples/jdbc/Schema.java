package dev.narwhal.samples.jdbc;

import jakarta.annotation.Resource;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Makes the table. Every worker does it; the second time nothing happens. */
@WebListener
public final class Schema implements ServletContextListener {

    @Resource(name = "jdbc/logbook")
    @SuppressWarnings("NullAway.Init") // injected
    private DataSource logbook;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        try (var connection = logbook.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE IF NOT EXISTS entry (
                      id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                      text VARCHAR(200) NOT NULL,
                      worker BIGINT NOT NULL
                    )""");
        } catch (SQLException e) {
            throw new IllegalStateException("creating the table", e);
        }
    }
}
