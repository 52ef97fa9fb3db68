package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.behaviour.app.WhoServlet;
import dev.narwhal.harness.Await;
import dev.narwhal.harness.EachDispatch;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Response;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.WarBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.regex.Pattern;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** Users of a database that both workers ask; a file beside it comes first. */
@EachDispatch
final class UserDatabaseTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** {@code bcrypt} at the lowest cost. */
    private static final String BCRYPT = "$2y$05$CCCCCCCCCCCCCCCCCCCCC.Pv.TQgSGieWph.eog1e8xhQ6Q8fsrCG";

    @Parameter
    @SuppressWarnings("NullAway.Init") // by JUnit
    private String dispatch;

    @SuppressWarnings("NullAway.Init") // by start
    private Server database;

    @SuppressWarnings("NullAway.Init") // by start
    private RunningNarwhal narwhal;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(Narwhals narwhals, @TempDir Path directory) throws IOException, SQLException {
        sql("""
                drop all objects;
                create table users (name varchar(80) primary key, password char(120));
                create table user_roles (name varchar(80), role varchar(80));
                insert into users values ('alice', 'wonder'), ('bob', '%s'), ('carol', '$9$odd'), ('erin', 'theirs'), ('gil', 'one');
                insert into user_roles values ('alice', 'member'), ('alice', 'admin'), ('carol', 'member'), ('erin', 'member'), ('gil', 'member');
                """.formatted(BCRYPT));
        database = listen(0);
        Files.writeString(directory.resolve("users"), "erin=ours,member\n");
        Files.writeString(
                directory.resolve("narwhal.toml"), """
                users = "%s"

                [realm]
                data-source = "jdbc/users"
                cache = "1s"

                [resources."jdbc/users"]
                type = "javax.sql.DataSource"
                url = "jdbc:h2:tcp://127.0.0.1:%d/mem:users"
                connection-timeout = "1s"
                """.formatted(directory.resolve("users"), database.getPort()));
        narwhal = narwhals.start(
                "--dispatch=" + dispatch,
                "--workers=2",
                "--config=" + directory.resolve("narwhal.toml"),
                "--lib=" + NamingTest.H2.getParent(),
                war("BASIC").write(directory.resolve("basic.war")) + "=/basic",
                war("FORM").write(directory.resolve("form.war")) + "=/form");
    }

    @AfterParameterizedClassInvocation(injectArguments = false)
    void stop() {
        database.stop();
    }

    @Test
    void basic_knows_the_users_of_the_database_on_every_worker() {
        var answered = new HashSet<String>();
        Await.until("answers of both workers", LIMIT, () -> {
            var response = Rest.client(narwhal)
                    .auth()
                    .preemptive()
                    .basic("alice", "wonder")
                    .get("/basic/who");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body().asString()).contains("user alice", "admin true");
            answered.add(response.header("X-Worker"));
            return answered.size() == 2;
        });
    }

    @Test
    void wrong_passwords_missing_roles_and_unusable_hashes() {
        assertThat(basic("alice", "wonders")).isEqualTo(401);
        assertThat(basic("alice", "")).isEqualTo(401);
        assertThat(basic("nobody", "wonder")).isEqualTo(401);
        assertThat(basic("x' or '1'='1", "wonder")).isEqualTo(401);
        assertThat(basic("bob", "bcrypt")).isEqualTo(403);
        assertThat(basic("bob", "nope")).isEqualTo(401);
        assertThat(basic("carol", "$9$odd")).isEqualTo(401);
        narwhal.awaitLog(Pattern.compile("user 'carol' of the database cannot log in: this kind of hash is not known"));
    }

    @Test
    void the_file_comes_first() {
        assertThat(basic("erin", "ours")).isEqualTo(200);
        assertThat(basic("erin", "theirs")).isEqualTo(401);
    }

    @Test
    void form_logs_in_and_roles_that_were_taken_are_gone_within_the_time_of_the_cache()
            throws IOException, SQLException {
        sql("merge into users key(name) values ('hal', 'nine'); insert into user_roles values ('hal', 'member')");
        try (var browser = Browser.of(narwhal)) {
            assertThat(browser.get("/form/who").text()).contains("j_security_check");
            assertThat(browser.post("/form/j_security_check", "j_username=hal&j_password=ten")
                            .text())
                    .isEqualTo("that was wrong");
            assertThat(browser.post("/form/j_security_check", "j_username=hal&j_password=nine")
                            .status())
                    .isEqualTo(303);
            assertThat(browser.get("/form/who").text()).contains("user hal principal hal by FORM", "admin false");

            sql("delete from user_roles where name = 'hal'");
            Await.until("the role to be gone", LIMIT, () -> who(browser).status() == 403);

            sql("delete from users where name = 'hal'");
            Await.until("the user to be gone", LIMIT, () -> who(browser).text().contains("j_security_check"));
        }
    }

    @Test
    void a_new_password_is_good_at_once_and_the_old_one_soon_no_more() throws SQLException {
        sql("update users set password = 'one' where name = 'gil'");
        Await.until("the first password", LIMIT, () -> basic("gil", "one") == 200);

        sql("update users set password = 'two' where name = 'gil'");

        assertThat(basic("gil", "two")).isEqualTo(200);
        assertThat(basic("gil", "two")).isEqualTo(200);
        Await.until("the old password to be bad", LIMIT, () -> basic("gil", "one") == 401);
    }

    @Test
    void while_the_database_is_down_nobody_gets_in_and_the_log_says_why() throws IOException, SQLException {
        int port = database.getPort();
        database.stop();
        try (var browser = Browser.of(narwhal)) {
            assertThat(basic("ivan", "any")).isEqualTo(503);
            narwhal.awaitLog(Pattern.compile("ERROR .*asking data source jdbc/users for users of the application at "
                    + "/basic: .*answered 503"));
            Await.until("what is remembered to be too old", LIMIT, () -> basic("alice", "wonder") == 503);
            assertThat(basic("erin", "ours")).isEqualTo(200);
            assertThat(browser.get("/form/who").text()).contains("j_security_check");
            assertThat(browser.post("/form/j_security_check", "j_username=ivan&j_password=any")
                            .status())
                    .isEqualTo(503);
        } finally {
            database = listen(port);
        }
        var again = Pattern.compile("INFO .*the users of jdbc/users can be asked again");
        Await.until(
                "logins again, and a line that says so",
                LIMIT,
                () -> basic("alice", "wonder") == 200
                        && !narwhal.log().all(again).isEmpty());
    }

    private static Response who(Browser browser) {
        try {
            return browser.get("/form/who");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int basic(String name, String password) {
        return Rest.client(narwhal)
                .auth()
                .preemptive()
                .basic(name, password)
                .get("/basic/who")
                .statusCode();
    }

    private static Server listen(int port) throws SQLException {
        return Server.createTcpServer("-tcpPort", Integer.toString(port)).start();
    }

    /** The database is in this process; the workers reach it through the server. */
    private static void sql(String statements) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:h2:mem:users;DB_CLOSE_DELAY=-1");
                var statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    static WarBuilder war(String method) {
        return new WarBuilder()
                .descriptor("""
                        <servlet><servlet-name>who</servlet-name><servlet-class>%s</servlet-class></servlet>
                        <servlet-mapping><servlet-name>who</servlet-name><url-pattern>/who</url-pattern></servlet-mapping>
                        <security-constraint>
                          <web-resource-collection>
                            <web-resource-name>x</web-resource-name><url-pattern>/who</url-pattern>
                          </web-resource-collection>
                          <auth-constraint><role-name>member</role-name></auth-constraint>
                        </security-constraint>
                        <login-config>
                          <auth-method>%s</auth-method>
                          <form-login-config>
                            <form-login-page>/login.html</form-login-page><form-error-page>/wrong.html</form-error-page>
                          </form-login-config>
                        </login-config>
                        <security-role><role-name>member</role-name></security-role>
                        <security-role><role-name>admin</role-name></security-role>
                        """.formatted(WhoServlet.class.getName(), method))
                .classes(WhoServlet.class)
                .file("login.html", "<form action='j_security_check'>")
                .file("wrong.html", "that was wrong");
    }
}
