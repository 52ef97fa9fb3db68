package dev.narwhal.behaviour.app;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameClassPair;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Tells what it finds by name and what was injected into it. */
@DataSourceDefinition(
        name = "java:app/jdbc/defined",
        className = "org.h2.jdbcx.JdbcDataSource",
        url = "jdbc:h2:mem:defined;DB_CLOSE_DELAY=-1",
        user = "sa")
@SuppressWarnings("BanJNDI") // it is what this is about
public class NamingServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Resource(name = "jdbc/orders")
    private transient @Nullable DataSource orders;

    @Resource(lookup = "java:app/jdbc/defined")
    private transient @Nullable DataSource defined;

    @Resource(name = "limit")
    private int limit;

    @Resource(name = "nothing provides this value")
    private String kept = "kept";

    private @Nullable String greeting;
    private @Nullable String fromDescriptor;
    private @Nullable String started;

    @Resource(name = "greeting")
    public void setGreeting(String greeting) {
        this.greeting = greeting;
    }

    /** Named in web.xml. */
    public void setFromDescriptor(String text) {
        fromDescriptor = text;
    }

    @PostConstruct
    private void start() {
        started = "started after injection: " + (orders != null);
    }

    @PreDestroy
    private void stop() {
        System.out.println("servlet destroyed in " + Thread.currentThread().getContextClassLoader());
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setContentType("text/plain;charset=UTF-8");
        var out = response.getWriter();
        var name = String.valueOf(request.getParameter("name"));
        try {
            switch (String.valueOf(request.getPathInfo())) {
                case "/injected" -> injected(out);
                case "/lookup" -> out.println(new InitialContext().lookup(name));
                case "/relative" -> {
                    var environment = (Context) new InitialContext().lookup("java:comp/env");
                    out.println(environment.lookup(name));
                }
                case "/thread" -> out.println(inThread(() -> find(name)));
                case "/url" -> out.println(url((DataSource) find(name)));
                case "/list" ->
                    Collections.list(new InitialContext().list(name)).stream()
                            .map(NameClassPair::toString)
                            .forEach(out::println);
                case "/bind" -> new InitialContext().bind(name, "x");
                case "/bindhere" -> ((Context) new InitialContext().lookup("java:comp/env")).bind(name, "x");
                case "/driver" -> driver(name, out);
                case "/created" -> out.println(getServletContext().createServlet(NamingServlet.class).greeting);
                case "/parameter" -> out.println(getServletContext().getInitParameter(name));
                case "/session" -> request.getSession();
                default -> response.sendError(404);
            }
        } catch (NamingException | SQLException e) {
            out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private void injected(PrintWriter out) throws SQLException {
        out.println("orders " + url(Objects.requireNonNull(orders)));
        out.println("defined " + url(Objects.requireNonNull(defined)));
        out.println("limit " + limit);
        out.println(kept);
        out.println("greeting " + greeting);
        out.println("descriptor " + fromDescriptor);
        out.println(started);
        out.println("listener " + getServletContext().getAttribute("listener"));
        out.println("instances " + (getServletContext().getAttribute("dev.narwhal.worker.feature.Instances") != null));
    }

    private static String url(DataSource source) throws SQLException {
        try (var connection = source.getConnection()) {
            return connection.getMetaData().getURL();
        }
    }

    private static void driver(String url, PrintWriter out) throws SQLException {
        try (var connection = DriverManager.getConnection(url)) {
            out.println(connection.getMetaData().getDatabaseProductName());
        }
    }

    private static Object find(String name) {
        try {
            return new InitialContext().lookup(name);
        } catch (NamingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A thread of the application, which has its class loader. */
    private static Object inThread(Supplier<Object> task) {
        var result = new CompletableFuture<Object>();
        Thread.ofPlatform().start(() -> result.completeAsync(task, Runnable::run));
        return result.join();
    }
}
