package dev.narwhal.behaviour.heap;

import jakarta.annotation.Resource;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Uses what a container gives, and leaves behind: a variable of the thread that serves it, a driver with the JDK, a thread if it is told to. */
@WebServlet(urlPatterns = "/leaky", asyncSupported = true)
public final class LeakyServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final ThreadLocal<LeakyServlet> LAST = new ThreadLocal<>();

    /** A value of the application's own in a session. */
    record Harpoon(int length) implements Serializable {}

    @Resource(name = "jdbc/fish")
    private transient @Nullable DataSource fish;

    @Override
    public void init() {
        try {
            DriverManager.registerDriver(new NoDriver());
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        LAST.set(this);
        request.getSession().setAttribute("harpoon", new Harpoon(3));
        var name = request.getParameter("leave");
        if (name != null) {
            Thread.ofPlatform().daemon(true).name(name).start(LockSupport::park);
        }
        var async = request.startAsync();
        async.start(() -> {
            LAST.set(this);
            try (var connection = Objects.requireNonNull(fish).getConnection()) {
                response.getWriter().print(connection.getMetaData().getURL());
            } catch (SQLException | IOException e) {
                throw new IllegalStateException(e);
            } finally {
                async.complete();
            }
        });
    }

    /** Drives nothing. */
    static final class NoDriver implements Driver {

        @Override
        public @Nullable Connection connect(String url, Properties properties) {
            return null;
        }

        @Override
        public boolean acceptsURL(String url) {
            return false;
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }
    }
}
