package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.behaviour.heap.LeakyServlet;
import dev.narwhal.behaviour.heap.UndeployProbe;
import dev.narwhal.harness.Distribution;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.WarBuilder;
import dev.narwhal.harness.Wars;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that is undeployed leaves nothing behind that keeps its class loader, under no dispatch class. */
final class UndeployTest {

    private static final Pattern PREPARED = Pattern.compile("prepared .*: (/.*)");
    private static final String COLLECTED = "sync: collected\nthreaded: collected\nvirtual: collected\n";

    @TempDir
    private Path directory;

    private static String undeploy(Path war, String... paths) {
        var prepared = PREPARED.matcher(Launch.of("prepare", war).finish().out());
        assertThat(prepared.find()).isTrue();
        var lib = Distribution.home().resolve("lib/worker/*");
        var arguments = new ArrayList<String>(List.of(
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                lib + ":" + Path.of("target/test-classes").toAbsolutePath(),
                UndeployProbe.class.getName(),
                prepared.group(1)));
        arguments.addAll(List.of(paths));
        var probe = Launch.of(arguments.toArray())
                .launchedBy(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .finish();
        assertThat(probe.exitCode()).as(probe.output()).isZero();
        return probe.out();
    }

    @Test
    void of_servlets_nothing_is_left() {
        assertThat(undeploy(Wars.sample("hello"), "/")).endsWith(COLLECTED);
    }

    @Test
    void of_pages_and_tag_libraries_nothing_is_left() {
        assertThat(undeploy(Wars.sample("jsp"), "/")).endsWith(COLLECTED);
    }

    @Test
    void of_web_sockets_nothing_is_left() {
        assertThat(undeploy(Wars.sample("websocket"), "/", "/chat/deck")).endsWith(COLLECTED);
    }

    @Test
    void a_driver_and_a_variable_of_a_thread_are_let_go_of() {
        var war = new WarBuilder().classes(LeakyServlet.class).write(directory.resolve("leaky.war"));

        assertThat(undeploy(war, "/")).endsWith(COLLECTED);
    }
}
