package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Http;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Processes;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a worker is given, as the application in it sees it. */
@ExtendWith(NarwhalExtension.class)
final class WorkerEnvironmentTest {

    @TempDir
    Path directory;

    @Test
    void env_and_java_opts_reach_the_workers(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.start(
                "--env=PROBE_ONE=1",
                "--env=PROBE_TWO=a=b, c",
                "--java-opts=-Dprobe.one=1 -Dprobe.two='x y'",
                "--java-opts=-Dprobe.three=3",
                probe());

        assertThat(ask(narwhal, "/environment?name=PROBE_ONE")).isEqualTo("1");
        assertThat(ask(narwhal, "/environment?name=PROBE_TWO")).isEqualTo("a=b, c");
        assertThat(ask(narwhal, "/property?name=probe.one")).isEqualTo("1");
        assertThat(ask(narwhal, "/property?name=probe.two")).isEqualTo("x y");
        assertThat(ask(narwhal, "/property?name=probe.three")).isEqualTo("3");
        assertThat(ask(narwhal, "/property?name=catalina.base"))
                .as("what applications written for Tomcat look for")
                .isEqualTo(narwhal.directory().toRealPath().toString());
    }

    @Test
    void the_environment_of_the_master_is_inherited(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.startLaunch(Launch.run(probe()).with("PROBE_OUTER", "outer"));

        assertThat(ask(narwhal, "/environment?name=PROBE_OUTER")).isEqualTo("outer");
    }

    @Test
    void a_heap_size_that_is_asked_for_wins(Narwhals narwhals) {
        var narwhal = narwhals.start("--workers=1", "--java-opts=-Xmx123m", probe());

        var command = Processes.commandLine(narwhal.workers().getFirst());
        assertThat(command).contains("-Xmx123m").doesNotContainPattern("MaxRAMPercentage");
    }

    @Test
    void options_from_the_environment_hold(Narwhals narwhals) throws IOException {
        var narwhal = narwhals.startLaunch(
                Launch.run(probe()).with("NARWHAL_WORKERS", "2").with("NARWHAL_JAVA_OPTS", "-Dprobe.one=env"));

        assertThat(narwhal.workers()).hasSize(2);
        assertThat(ask(narwhal, "/property?name=probe.one")).isEqualTo("env");
    }

    @Test
    void the_options_of_the_launcher_do_not_leak_into_the_workers(Narwhals narwhals) {
        var narwhal = narwhals.start("--workers=1", probe());

        var command = Processes.commandLine(narwhal.workers().getFirst());
        assertThat(command).doesNotContain("lib/master");
    }

    private Path probe() {
        return Wars.probe().write(directory.resolve("probe.war"));
    }

    private static String ask(RunningNarwhal narwhal, String path) throws IOException {
        return Http.get(narwhal.port(), path).text().strip();
    }
}
