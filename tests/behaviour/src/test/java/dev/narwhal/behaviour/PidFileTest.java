package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Launch;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NarwhalExtension.class)
final class PidFileTest {

    @TempDir
    Path directory;

    @Test
    void it_holds_the_pid_of_the_master_and_is_gone_after_the_stop(Narwhals narwhals) throws IOException {
        var file = directory.resolve("narwhal.pid");
        var narwhal = narwhals.start("--pid=" + file, Wars.sample("hello"));

        assertThat(Files.readString(file).strip()).isEqualTo(Long.toString(narwhal.masterPid()));
        assertThat(narwhal.stop()).isZero();
        assertThat(file).doesNotExist();
    }

    @Test
    void one_that_a_dead_process_left_is_replaced(Narwhals narwhals) throws IOException {
        var file = Files.writeString(directory.resolve("narwhal.pid"), "4194304\n"); // more than the kernel's pid_max
        var narwhal = narwhals.start("-p", file, Wars.sample("hello"));

        assertThat(Files.readString(file).strip()).isEqualTo(Long.toString(narwhal.masterPid()));
    }

    @Test
    void one_of_a_living_server_is_left_alone_and_stops_the_second_start(Narwhals narwhals) throws IOException {
        var file = directory.resolve("narwhal.pid");
        var narwhal = narwhals.start("--pid=" + file, Wars.sample("hello"));

        var second = Launch.run("--pid=" + file, Wars.sample("hello")).finish();

        assertThat(second.exitCode()).isNotZero();
        assertThat(second.err()).contains("narwhal.pid", Long.toString(narwhal.masterPid()));
        assertThat(Files.readString(file).strip()).isEqualTo(Long.toString(narwhal.masterPid()));
    }
}
