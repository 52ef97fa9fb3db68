package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.WarBuilder;
import dev.narwhal.harness.Wars;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InspectTest {

    @TempDir
    Path directory;

    @Test
    void annotations_are_part_of_the_merged_descriptor() {
        var finished = Launch.of("inspect", Wars.sample("hello")).finish();

        assertThat(finished.exitCode()).isZero();
        assertThat(finished.out()).contains("dev.narwhal.samples.hello.HelloServlet", "/hello", "WorkerFilter");
    }

    @Test
    void fragments_and_initializers_are_part_of_the_merged_descriptor() {
        var finished = Launch.of("inspect", Wars.sample("fragments")).finish();

        assertThat(finished.exitCode()).isZero();
        assertThat(finished.out().indexOf("greetings"))
                .isNotNegative()
                .isLessThan(finished.out().lastIndexOf("audit"));
        assertThat(finished.out()).contains("Initializer");
    }

    @Test
    void json_is_one_valid_object_on_standard_output() {
        var finished = Launch.of("inspect", "--json", Wars.sample("classic")).finish();

        assertThat(finished.exitCode()).isZero();
        var descriptor = JsonParser.parseString(finished.out()).getAsJsonObject();
        assertThat(descriptor.toString()).contains("/mapping/*", "start.html", "application/x-tusk");
    }

    @Test
    void a_malformed_descriptor_is_refused_as_at_a_start() {
        var war = new WarBuilder().webXml("<web-app>\n<servlet>").write(directory.resolve("malformed.war"));

        var finished = Launch.of("inspect", war).finish();

        assertThat(finished.exitCode()).isEqualTo(4);
        assertThat(finished.err()).contains("malformed.war", "WEB-INF/web.xml");
        assertThat(finished.output().lines()).noneMatch(LogLines.STACK_FRAME.asPredicate());
    }

    @Test
    void a_missing_file_is_a_usage_error() {
        assertThat(Launch.of("inspect", directory.resolve("no.war")).finish().exitCode())
                .isEqualTo(2);
    }
}
