package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.behaviour.heap.LeakyListener;
import dev.narwhal.behaviour.heap.LeakyServlet;
import dev.narwhal.behaviour.heap.LeakySocket;
import dev.narwhal.behaviour.heap.UndeployProbe;
import dev.narwhal.harness.Distribution;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.WarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an application that is undeployed leaves behind: no class loader under any dispatch class, and what cannot be taken from it is named. */
@ExtendWith(NarwhalExtension.class)
final class UndeployTest {

    private static final String COLLECTED = "sync: collected\nthreaded: collected\nvirtual: collected";
    private static final Pattern PREPARED = Pattern.compile("prepared .*: (/.*)");

    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init") // by build
    private static Path war;

    /** Has its requests on the I/O thread under {@code sync}; with endpoints they are beside it. */
    @SuppressWarnings("NullAway.Init") // by build
    private static Path withoutSocket;

    @BeforeAll
    static void build() throws IOException {
        withoutSocket = app().write(directory.resolve("dry.war"));
        war = app().classes(LeakySocket.class).write(directory.resolve("leaky.war"));
    }

    private static WarBuilder app() throws IOException {
        return new WarBuilder()
                .file("WEB-INF/lib/h2.jar", Files.readAllBytes(NamingTest.H2))
                .file("META-INF/context.xml", """
                        <Context>
                          <Resource name="jdbc/fish" auth="Container" type="javax.sql.DataSource"
                                    driverClassName="org.h2.Driver" url="jdbc:h2:mem:fish" username="sa" password=""/>
                        </Context>
                        """)
                .file("page.jsp", "<%@ page session=\"true\" %>${sessionScope.harpoon.length()} ${1 + 2}")
                .classes(LeakyServlet.class, LeakyListener.class);
    }

    private static String undeploy(Path war, String... paths) {
        var prepared = PREPARED.matcher(Launch.of("prepare", war).finish().out());
        assertThat(prepared.find()).isTrue();
        var command = new ArrayList<String>(List.of(
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                Distribution.home().resolve("lib/worker/*") + ":"
                        + Path.of("target/test-classes").toAbsolutePath(),
                UndeployProbe.class.getName(),
                prepared.group(1)));
        command.addAll(List.of(paths));
        var probe = Launch.of(command.toArray())
                .launchedBy(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .finish();
        assertThat(probe.exitCode()).as(probe.output()).isZero();
        return probe.out();
    }

    @Test
    void its_class_loader_is_collected() {
        assertThat(undeploy(withoutSocket, "/leaky", "/page.jsp")).isEqualTo(COLLECTED);
    }

    @Test
    void that_of_an_application_with_sockets_is_collected() {
        assertThat(undeploy(war, "/leaky", "/page.jsp", "ws:/socket")).isEqualTo(COLLECTED);
    }

    @Test
    void threads_and_drivers_that_are_left_are_named(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start("--workers=1", war).awaitReady();
        try (var http = Http.connect(narwhal.port())) {
            assertThat(http.get("/leaky?leave=buoy").text()).isEqualTo("jdbc:h2:mem:fish");
        }

        narwhal.stop();

        assertThat(narwhal.log().text())
                .contains(
                        "undeploying the application at /: it has left a thread running: \"buoy\". Have it end them in",
                        "it has left the JDBC driver dev.narwhal.behaviour.heap.LeakyServlet$NoDriver registered. Have it")
                .doesNotContain("org.h2.Driver registered");
    }
}
