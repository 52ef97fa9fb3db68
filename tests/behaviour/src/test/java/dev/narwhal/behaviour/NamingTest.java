package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.behaviour.app.Harbour;
import dev.narwhal.behaviour.app.NamingListener;
import dev.narwhal.behaviour.app.NamingServlet;
import dev.narwhal.harness.EachDispatch;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.WarBuilder;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** What applications find by name and what is injected into them, the same under each dispatch class. */
@EachDispatch
final class NamingTest {

    static final Path H2 = Path.of("target/lib/h2.jar").toAbsolutePath();

    private static final String SECRET = "sesam-öffne-dich";

    @Parameter
    @SuppressWarnings("NullAway.Init") // by JUnit
    private String dispatch;

    @SuppressWarnings("NullAway.Init") // by start
    private RunningNarwhal narwhal;

    @SuppressWarnings("NullAway.Init") // by start
    private Path directory;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(Narwhals narwhals, @TempDir Path temporary) throws IOException {
        directory = temporary;
        Files.writeString(temporary.resolve("password"), SECRET + "\n");
        Files.writeString(temporary.resolve("narwhal.toml"), """
                [resources."jdbc/orders"]
                type = "javax.sql.DataSource"
                driver = "org.h2.Driver"
                url = "jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1"
                user = "sa"
                password = "%s"
                max-pool-size = 3
                connection-timeout = "2s"

                [resources."jdbc/from-file"]
                url = "jdbc:h2:mem:orders"
                user = "sa"
                password-file = "%s"

                [resources."jdbc/broken"]
                driver = "no.such.Driver"
                url = "jdbc:none:"

                [resources.harbour]
                type = "%s"
                properties = { name = "Narvik", depth = 30 }
                """.formatted(
                        SECRET, temporary.resolve("password"), Harbour.class.getName()));
        var war = war().write(temporary.resolve("naming.war"));
        var other = new WarBuilder()
                .descriptor(SERVLET.formatted("java.lang.String", "other"))
                .classes(NamingServlet.class)
                .write(temporary.resolve("other.war"));
        narwhal = narwhals.start(
                "--dispatch=" + dispatch,
                "--workers=2",
                "--config=" + temporary.resolve("narwhal.toml"),
                "--lib=" + H2.getParent(),
                war + "=/app",
                other + "=/other");
    }

    private static final String SERVLET = """
            <env-entry>
              <env-entry-name>greeting</env-entry-name>
              <env-entry-type>%s</env-entry-type>
              <env-entry-value>%s</env-entry-value>
            </env-entry>
            <servlet>
              <servlet-name>naming</servlet-name>
              <servlet-class>dev.narwhal.behaviour.app.NamingServlet</servlet-class>
            </servlet>
            <servlet-mapping>
              <servlet-name>naming</servlet-name>
              <url-pattern>/*</url-pattern>
            </servlet-mapping>
            """;

    private static WarBuilder war() {
        return new WarBuilder()
                .descriptor("""
                        <listener><listener-class>dev.narwhal.behaviour.app.NamingListener</listener-class></listener>
                        <env-entry>
                          <env-entry-name>limit</env-entry-name>
                          <env-entry-type>java.lang.Integer</env-entry-type>
                          <env-entry-value>42</env-entry-value>
                        </env-entry>
                        <env-entry>
                          <env-entry-name>text</env-entry-name>
                          <env-entry-value>from web.xml</env-entry-value>
                          <injection-target>
                            <injection-target-class>dev.narwhal.behaviour.app.NamingServlet</injection-target-class>
                            <injection-target-name>fromDescriptor</injection-target-name>
                          </injection-target>
                        </env-entry>
                        <resource-ref>
                          <res-ref-name>jdbc/renamed</res-ref-name>
                          <res-type>javax.sql.DataSource</res-type>
                          <lookup-name>java:comp/env/jdbc/orders</lookup-name>
                        </resource-ref>
                        <resource-ref>
                          <res-ref-name>jdbc/missing</res-ref-name>
                          <res-type>javax.sql.DataSource</res-type>
                        </resource-ref>
                        <data-source>
                          <name>java:global/jdbc/declared</name>
                          <class-name>org.h2.Driver</class-name>
                          <url>jdbc:h2:mem:declared</url>
                        </data-source>
                        """ + SERVLET.formatted("java.lang.String", "hello"))
                .file("META-INF/context.xml", """
                        <!DOCTYPE Context [<!ENTITY secret SYSTEM "file:///etc/hostname">]>
                        <Context sessionCookieName="TUSK" useHttpOnly="false">
                          <Resource name="jdbc/tomcat" auth="Container" type="javax.sql.DataSource"
                                    driverClassName="org.h2.Driver" url="jdbc:h2:mem:${no.such:-tomcat}"
                                    username="sa" password="%s" maxTotal="4" maxIdle="2" maxWaitMillis="-1"/>
                          <Resource name="jdbc/orders" auth="Container" type="javax.sql.DataSource"
                                    driverClassName="org.h2.Driver" url="jdbc:h2:mem:not-this-one"/>
                          <Environment name="limit" type="java.lang.Integer" value="1"/>
                          <Environment name="depth" type="java.lang.Long" value="7"/>
                          <Environment name="greeting" type="java.lang.String" value="fixed" override="false"/>
                          <Parameter name="ocean" value="arctic"/>
                          <ResourceLink name="jdbc/linked" global="jdbc/orders" type="javax.sql.DataSource"/>
                          <Manager pathname=""/>
                        </Context>
                        """.formatted(SECRET))
                .classes(NamingServlet.class, NamingListener.class, Harbour.class);
    }

    @Test
    void annotations_and_descriptor_are_injected_before_post_construct() throws IOException {
        assertThat(get("/app/injected").lines())
                .containsExactly(
                        "orders jdbc:h2:mem:orders",
                        "defined jdbc:h2:mem:defined",
                        "limit 42",
                        "kept",
                        "greeting fixed",
                        "descriptor from web.xml",
                        "started after injection: true",
                        "listener true",
                        "instances true");
        assertThat(get("/app/created")).isEqualTo("fixed");
    }

    @Test
    void resources_are_found_by_each_of_their_names() throws IOException {
        assertThat(get("/app/url?name=java:comp/env/jdbc/orders")).isEqualTo("jdbc:h2:mem:orders");
        assertThat(get("/app/url?name=java:comp/env/jdbc/renamed")).isEqualTo("jdbc:h2:mem:orders");
        assertThat(get("/app/url?name=java:comp/env/jdbc/linked")).isEqualTo("jdbc:h2:mem:orders");
        assertThat(get("/app/url?name=java:comp/env/jdbc/tomcat")).isEqualTo("jdbc:h2:mem:tomcat");
        assertThat(get("/app/url?name=java:app/jdbc/defined")).isEqualTo("jdbc:h2:mem:defined");
        assertThat(get("/app/url?name=java:global/jdbc/declared")).isEqualTo("jdbc:h2:mem:declared");
        assertThat(get("/app/lookup?name=java:comp/env/harbour")).isEqualTo("Narvik is 30 m deep");
        assertThat(get("/app/relative?name=depth")).isEqualTo("7");
        assertThat(get("/app/thread?name=java:comp/env/limit")).isEqualTo("42");
        assertThat(get("/app/list?name=java:comp/env/jdbc"))
                .contains("orders: javax.sql.DataSource", "tomcat: javax.sql.DataSource");
        assertThat(get("/app/parameter?name=ocean")).isEqualTo("arctic");
        assertThat(get("/app/driver?name=jdbc:h2:mem:any")).isEqualTo("H2");
    }

    @Test
    void what_is_not_there_is_named() throws IOException {
        assertThat(get("/app/relative?name=jdbc/missing"))
                .isEqualTo("NameNotFoundException: looking up java:comp/env/jdbc/missing: nothing has this name.");
        assertThat(get("/app/lookup?name=java:comp/UserTransaction"))
                .startsWith("NameNotFoundException: ")
                .contains("no transaction manager");
        assertThat(get("/app/lookup?name=java:comp/env/jdbc/broken"))
                .startsWith("NamingException: creating the resource jdbc/broken")
                .contains("narwhal.toml:15", "no.such.Driver", "--lib");
        narwhal.awaitLog(
                Pattern.compile("WARN .*naming\\.war wants the resource jdbc/missing \\(javax.sql.DataSource\\)"
                        + ".*\\[resources\\.\"jdbc/missing\"\\] to narwhal.toml"));
    }

    @Test
    void names_are_read_only_and_each_application_has_its_own() throws IOException {
        assertThat(get("/app/bind?name=java:comp/env/x")).contains("immutable");
        assertThat(get("/app/bindhere?name=x")).contains("immutable");
        assertThat(get("/other/lookup?name=java:comp/env/greeting")).isEqualTo("other");
        assertThat(get("/other/lookup?name=java:comp/env/limit")).startsWith("NameNotFoundException");
        assertThat(get("/other/lookup?name=java:module/ModuleName")).isEqualTo("other");
    }

    @Test
    void the_session_cookie_is_as_tomcat_s_file_wants_it() throws IOException {
        var cookie =
                Http.get(narwhal.port(), "/app/session").header("Set-Cookie").orElseThrow();

        assertThat(cookie).startsWith("TUSK=").doesNotContainIgnoringCase("HttpOnly");
    }

    @Test
    void a_password_is_in_a_file_of_the_operator_but_in_no_command_line_environment_or_log() throws IOException {
        // H2 refuses the second user of a database that does not know the password of the first.
        assertThat(get("/app/url?name=java:comp/env/jdbc/from-file")).isEqualTo("jdbc:h2:mem:orders");

        for (var pid : narwhal.workers()) {
            assertThat(Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.UTF_8))
                    .doesNotContain(SECRET);
            assertThat(Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.UTF_8))
                    .doesNotContain(SECRET);
        }
        assertThat(narwhal.log().text()).doesNotContain(SECRET);
        var printed = Launch.of("run", "--print-config", directory.resolve("naming.war"))
                .in(directory)
                .finish();
        assertThat(printed.out()).contains("[resources.\"jdbc/orders\"]", "max-pool-size = \"3\"", "********");
        assertThat(printed.output()).doesNotContain(SECRET);
        var inspected = Launch.of("inspect", directory.resolve("naming.war")).finish();
        assertThat(inspected.out())
                .contains("jdbc/tomcat : javax.sql.DataSource (META-INF/context.xml)", "jdbc/missing")
                .doesNotContain(SECRET);
    }

    @Test
    void destroyed_instances_still_have_their_resources(Narwhals narwhals) throws IOException {
        var running = narwhals.startLaunch(Launch.run(
                        "--dispatch=" + dispatch,
                        "--workers=1",
                        "--lib=" + H2,
                        directory.resolve("naming.war") + "=/app")
                .in(directory));
        Http.get(running.port(), "/app/injected");
        running.stop();

        running.awaitLog(Pattern.compile("servlet destroyed in .*WebAppClassLoader.*"), Duration.ofSeconds(10));
        running.awaitLog(Pattern.compile("listener destroyed, connected: true"), Duration.ofSeconds(10));
    }

    private String get(String path) throws IOException {
        int equals = path.indexOf('=');
        var encoded = equals < 0
                ? path
                : path.substring(0, equals + 1) + URLEncoder.encode(path.substring(equals + 1), StandardCharsets.UTF_8);
        return Http.get(narwhal.port(), encoded).text().strip();
    }
}
