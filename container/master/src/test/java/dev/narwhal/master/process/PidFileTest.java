package dev.narwhal.master.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

    private static final Pid PID = new Pid(812);

    @TempDir
    Path directory;

    @Test
    void it_has_the_pid_while_the_master_runs_and_is_gone_afterwards() throws IOException {
        try (var _ = PidFile.create(file(), PID)) {
            assertThat(file()).hasContent("812\n");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void one_that_another_master_holds_is_refused_and_kept() throws IOException {
        try (var _ = PidFile.create(file(), PID)) {
            assertThatThrownBy(() -> PidFile.create(file(), new Pid(813)))
                    .hasMessage(
                            "writing the pid file %s: pid 812 is running and holds it. Stop that one or choose another --pid.",
                            file());
            assertThat(file()).hasContent("812\n");
        }
    }

    @Test
    void one_that_a_killed_master_left_behind_is_replaced_even_when_its_pid_is_in_use() throws IOException {
        Files.writeString(file(), ProcessHandle.current().pid() + "\n");

        try (var _ = PidFile.create(file(), PID)) {
            assertThat(file()).hasContent("812\n");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void a_file_that_somebody_put_in_its_place_is_left_alone() throws IOException {
        try (var _ = PidFile.create(file(), PID)) {
            Files.delete(file());
            Files.writeString(file(), "somebody else's");
        }
        assertThat(file()).hasContent("somebody else's");
    }

    @Test
    void a_directory_that_is_missing_is_told_before_anything_is_written() {
        assertThatThrownBy(() -> PidFile.create(directory.resolve("missing/narwhal.pid"), PID))
                .hasMessageStartingWith("writing the pid file ")
                .hasMessageEndingWith("Create it or choose another --pid.");
    }

    private Path file() {
        return directory.resolve("narwhal.pid");
    }
}
