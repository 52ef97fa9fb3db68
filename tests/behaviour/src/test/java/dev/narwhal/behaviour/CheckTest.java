package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.narwhal.behaviour.app.AnnotatedServlet;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.WarBuilder;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code narwhal check}, from outside. What it finds is tested where it is found. */
final class CheckTest {

    private static final int OK = 0;
    private static final int USAGE = 2;
    private static final int DEPLOY = 4;
    private static final int FINDINGS = 6;

    private static final String WANTS_ORDERS = """
            <resource-ref><res-ref-name>jdbc/orders</res-ref-name><res-type>javax.sql.DataSource</res-type></resource-ref>
            """;

    @TempDir
    private Path directory;

    @Test
    void a_good_application_gets_a_clean_report_and_nothing_else() {
        var checked = Launch.of("check", Wars.sample("hello")).finish();

        assertThat(checked.exitCode()).as(checked.output()).isEqualTo(OK);
        assertThat(checked.out())
                .startsWith("hello.war\n")
                .contains("\nWorks:\n  - A worker deployed it in ", ": 2 servlets, 1 filter, 0 listeners, 0 JARs.")
                .contains("\n0 problems, 0 warnings, ");
        assertThat(checked.err()).isEmpty();
    }

    @Test
    void an_application_for_javax_is_checked_as_it_will_run() {
        var checked = Launch.of("check", Wars.sample("legacy-javax")).finish();

        assertThat(checked.exitCode()).as(checked.output()).isEqualTo(OK);
        assertThat(checked.out()).contains("was migrated", "0 problems, 0 warnings, ");
    }

    @Test
    void a_missing_resource_is_a_problem_until_the_configuration_has_it() throws IOException {
        var war = new WarBuilder().descriptor(WANTS_ORDERS).write(directory.resolve("orders.war"));
        var checked = Launch.of("check", war).in(directory).finish();

        assertThat(checked.exitCode()).as(checked.output()).isEqualTo(FINDINGS);
        assertThat(checked.out()).contains("Add [resources.\"jdbc/orders\"] to narwhal.toml.");

        Files.writeString(directory.resolve("narwhal.toml"), """
                [resources."jdbc/orders"]
                type = "javax.sql.DataSource"
                url = "jdbc:none:orders"
                """);
        assertThat(Launch.of("check", war).in(directory).finish().exitCode()).isEqualTo(OK);
    }

    @Test
    void everything_that_is_wrong_is_told_at_once_also_as_json() {
        var war = new WarBuilder()
                .descriptor(WANTS_ORDERS)
                .classes(AnnotatedServlet.class)
                .file("broken.jsp", "<% no java %>")
                .library("servlet-api.jar", new WarBuilder().jarClasses(jakarta.servlet.Servlet.class))
                .write(directory.resolve("bad.war"));
        var checked = Launch.of("check", "--json", war).finish();

        assertThat(checked.exitCode()).as(checked.output()).isEqualTo(FINDINGS);
        var kinds = JsonParser.parseString(checked.out()).getAsJsonObject().getAsJsonArray("findings").asList().stream()
                .map(finding -> finding.getAsJsonObject().get("kind").getAsString())
                .toList();
        assertThat(kinds).contains("deployed", "no-such-resource", "bad-page", "useless-library", "distribution");
    }

    @Test
    void an_application_that_cannot_be_deployed_ends_as_a_start_of_it() throws IOException {
        var fault = Files.writeString(directory.resolve("fault"), "throw");
        var checked = Launch.of(
                        "check", "--env=PROBE_FAULT=" + fault, Wars.probe().write(directory.resolve("probe.war")))
                .finish();

        assertThat(checked.exitCode()).as(checked.output()).isEqualTo(DEPLOY);
        assertThat(checked.out()).contains("It cannot be deployed: ", "the probe was told to fail", "May not work:");
        assertThat(checked.output()).doesNotContain("\tat ");
    }

    @Test
    void what_is_no_war_is_refused_in_one_line() throws IOException {
        var war = Files.writeString(directory.resolve("text.war"), "no zip");
        var checked = Launch.of("check", war).finish();

        assertThat(checked.exitCode()).isEqualTo(DEPLOY);
        assertThat(checked.out()).isEmpty();
        assertThat(checked.err().lines()).singleElement().asString().contains("text.war");
    }

    @Test
    void a_wrong_configuration_is_refused_before_anything_is_looked_at() {
        var checked = Launch.of("check", "--lib=nowhere.jar", "--boot-timeout=soon", Wars.sample("hello"))
                .finish();

        assertThat(checked.exitCode()).isEqualTo(USAGE);
        assertThat(checked.err()).contains("nowhere.jar", "--boot-timeout");
    }
}
