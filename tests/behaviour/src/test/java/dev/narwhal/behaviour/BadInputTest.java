package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.behaviour.app.AttributesServlet;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.WarBuilder;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each mistake of an operator or a developer gives one clear error and the documented exit code, and no stack trace. */
final class BadInputTest {

    private static final int USAGE = 2;
    private static final int DEPLOY = 4;
    private static final int SYSTEM = 5;

    @TempDir
    Path directory;

    @Test
    void a_missing_file() {
        assertRefused(Launch.run(directory.resolve("nowhere.war")), USAGE, "nowhere.war", "no such file");
    }

    @Test
    void a_file_that_is_no_zip() throws IOException {
        var war = Files.writeString(directory.resolve("text.war"), "this is a text\n".repeat(100));

        assertRefused(Launch.run(war), DEPLOY, "text.war");
    }

    @Test
    void an_empty_file() throws IOException {
        assertRefused(Launch.run(Files.createFile(directory.resolve("empty.war"))), DEPLOY, "empty.war");
    }

    @Test
    void a_truncated_zip() throws IOException {
        var whole = Files.readAllBytes(Wars.sample("hello"));
        var war = Files.write(directory.resolve("truncated.war"), Arrays.copyOf(whole, whole.length / 2));

        assertRefused(Launch.run(war), DEPLOY, "truncated.war");
    }

    @Test
    void an_entry_that_leaves_the_directory_is_not_unpacked() {
        var war = new WarBuilder()
                .file("index.html", "innocent")
                .file("../../../slipped.txt", "slipped")
                .write(directory.resolve("slip.war"));

        assertRefused(
                Launch.run(war).with("NARWHAL_CACHE", directory.resolve("cache")), DEPLOY, "slip.war", "slipped.txt");
        assertThat(directory.resolve("slipped.txt")).doesNotExist();
        assertThat(directory.resolve("cache")).isDirectoryNotContaining("regex:.*slipped.*");
    }

    @Test
    void a_malformed_web_xml_is_named_with_line_and_column() {
        var war = new WarBuilder()
                .webXml("<?xml version=\"1.0\"?>\n<web-app version=\"6.1\">\n  <servlet>\n</web-app>\n")
                .write(directory.resolve("malformed.war"));

        var output = assertRefused(Launch.run(war), DEPLOY, "malformed.war", "WEB-INF/web.xml");
        assertThat(output).containsPattern("(?i)web\\.xml:4(:\\d+)|line 4\\b.*column \\d+");
    }

    @Test
    void a_web_xml_with_an_unknown_element_is_named_with_its_line() {
        var war = new WarBuilder()
                .descriptor("<servlet><servlet-nmae>x</servlet-nmae></servlet>")
                .write(directory.resolve("unknown.war"));

        var output = assertRefused(Launch.run(war), DEPLOY, "unknown.war", "WEB-INF/web.xml", "servlet-nmae");
        assertThat(output).containsPattern("(?i)web\\.xml:3(:\\d+)|line 3\\b");
    }

    @Test
    void a_class_for_a_newer_jdk() {
        var code = WarBuilder.bytes(AttributesServlet.class);
        int newest = Runtime.version().feature() + 44;
        code[7] = (byte) (newest + 1); // the major version of the class file
        var war = new WarBuilder()
                .descriptor(servlet("attributes", AttributesServlet.class.getName(), "/a"))
                .file("WEB-INF/classes/" + AttributesServlet.class.getName().replace('.', '/') + ".class", code)
                .write(directory.resolve("newer.war"));

        var output = assertRefused(Launch.run(war), DEPLOY, "newer.war", "AttributesServlet");
        assertThat(output).contains("Java " + (Runtime.version().feature() + 1));
    }

    @Test
    void a_listener_class_that_is_missing() {
        var war = new WarBuilder()
                .descriptor("<listener><listener-class>com.example.Ghost</listener-class></listener>")
                .write(directory.resolve("ghost.war"));

        assertRefused(Launch.run(war), DEPLOY, "ghost.war", "com.example.Ghost");
    }

    @Test
    void two_servlets_on_one_pattern() {
        var name = AttributesServlet.class.getName();
        var war = new WarBuilder()
                .descriptor(servlet("one", name, "/same") + servlet("two", name, "/same"))
                .classes(AttributesServlet.class)
                .write(directory.resolve("twice.war"));

        assertRefused(Launch.run(war), DEPLOY, "twice.war", "/same", "one", "two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw", "error"})
    void an_application_that_throws_while_it_starts_is_reported_once_with_the_cause(String how) throws IOException {
        var fault = Files.writeString(directory.resolve("fault"), how);
        var war = Wars.probe().write(directory.resolve("throws.war"));

        var output = assertRefused(
                Launch.run("--workers=3", war).with("PROBE_FAULT", fault), DEPLOY, "the probe was told to fail");
        assertThat(output.split("the probe was told to fail", -1)).hasSize(2);
    }

    @Test
    void debug_shows_the_stack_trace_of_the_application() throws IOException {
        var fault = Files.writeString(directory.resolve("fault"), "throw");
        var war = Wars.probe().write(directory.resolve("throws.war"));

        var finished =
                Launch.run("--log-level=debug", war).with("PROBE_FAULT", fault).finish();

        assertThat(finished.exitCode()).isEqualTo(DEPLOY);
        assertThat(finished.output()).containsPattern("at .*FragileListener");
    }

    @Test
    void a_port_in_use() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var address = "127.0.0.1:" + taken.getLocalPort();

            assertRefused(Launch.run("--bind=" + address, Wars.sample("hello")), SYSTEM, address, "in use");
        }
    }

    @Test
    void one_port_in_use_of_two_leaves_nothing_bound() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var address = "127.0.0.1:" + taken.getLocalPort();

            var output = assertRefused(
                    Launch.run("--bind=127.0.0.1:0", "--bind=" + address, Wars.sample("hello")), SYSTEM, address);
            assertThat(output).doesNotContainPattern(LogLines.READY);
        }
    }

    @Test
    void an_address_that_is_not_of_this_machine() {
        assertRefused(Launch.run("--bind=192.0.2.1:0", Wars.sample("hello")), SYSTEM, "192.0.2.1");
    }

    @Test
    void a_port_below_1024_without_the_right() throws IOException {
        Assumptions.assumeTrue(
                Integer.parseInt(Files.readString(Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start"))
                                .strip())
                        > 81,
                "low ports are open to everybody on this machine");
        var launch = Launch.run("--bind=127.0.0.1:81", Wars.sample("hello"));

        assertRefused(withoutRights(launch), SYSTEM, "127.0.0.1:81", "permission denied", "CAP_NET_BIND_SERVICE");
    }

    /** Root keeps its user here, and loses the one right. */
    private static Launch withoutRights(Launch launch) throws IOException {
        boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        return root ? launch.prefixedBy("setpriv", "--bounding-set=-net_bind_service", "--inh-caps=-all") : launch;
    }

    @Test
    void a_directory_that_is_no_application() throws IOException {
        var plain = Files.createDirectory(directory.resolve("plain"));
        Files.writeString(plain.resolve("index.html"), "a directory with static files is an application too");

        var finished = Launch.run("--check-config", plain).finish();

        assertThat(finished.exitCode()).isZero();
    }

    private static String servlet(String name, String type, String pattern) {
        return """
                <servlet><servlet-name>%1$s</servlet-name><servlet-class>%2$s</servlet-class></servlet>
                <servlet-mapping><servlet-name>%1$s</servlet-name><url-pattern>%3$s</url-pattern></servlet-mapping>
                """.formatted(name, type, pattern);
    }

    /** Returns what was said. */
    private static String assertRefused(Launch launch, int exitCode, String... words) {
        var finished = launch.finish();
        assertThat(finished.output()).contains(words);
        assertThat(finished.output().lines()).noneMatch(LogLines.STACK_FRAME.asPredicate());
        assertThat(finished.output()).doesNotContainPattern(LogLines.SERVING);
        assertThat(finished.exitCode()).as(finished.output()).isEqualTo(exitCode);
        return finished.output();
    }
}
