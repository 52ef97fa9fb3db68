package dev.narwhal.behaviour.app;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Uses what is injected into it before there is any servlet, and once more when there is none any more. */
public final class NamingListener implements ServletContextListener {

    @Resource(name = "jdbc/orders")
    private @Nullable DataSource orders;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        event.getServletContext().setAttribute("listener", isConnected());
    }

    @PreDestroy
    void stop() {
        System.out.println("listener destroyed, connected: " + isConnected());
    }

    private boolean isConnected() {
        if (orders == null) {
            return false;
        }
        try (var connection = orders.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
