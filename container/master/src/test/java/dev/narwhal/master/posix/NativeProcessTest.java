package dev.narwhal.master.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NativeProcessTest {

    @Test
    void descriptors_that_trade_numbers_arrive_as_asked() throws IOException {
        try (var one = AnonymousMemory.create("one", 0);
                var other = AnonymousMemory.create("other", 0);
                var kept = AnonymousMemory.create("kept", 0)) {
            Files.writeString(one.path(), "one ");
            Files.writeString(other.path(), "other ");
            Files.writeString(kept.path(), "kept ");
            int last = Math.max(kept.number(), Math.max(one.number(), other.number()));
            var fds = new ArrayList<>(Collections.nCopies(last + 1, Fd.STANDARD_ERROR));
            fds.set(one.number(), other);
            fds.set(other.number(), one);
            fds.set(kept.number(), kept);

            assertThat(output(fds, "/bin/cat", one.path(), other.path(), kept.path()))
                    .isEqualTo("other one kept ");
        }
    }

    @Test
    void a_child_has_no_descriptor_that_was_not_listed() throws IOException {
        try (var _ = Pipe.open();
                var memory = AnonymousMemory.create("memory", 1)) {
            var fds = List.of(memory, Fd.STANDARD_ERROR, Fd.STANDARD_ERROR, memory, memory);

            // 5 is the directory that ls reads.
            assertThat(output(fds, "/bin/ls", "/proc/self/fd").lines()).containsExactly("0", "1", "2", "3", "4", "5");
        }
    }

    @Test
    void a_child_leads_a_process_group_of_its_own_so_that_ctrl_c_passes_it_by() throws IOException {
        var fields = output(standard(), "/bin/cat", "/proc/self/stat").split(" ", -1);

        assertThat(fields[4]).as("process group").isEqualTo(fields[0]);
    }

    @Test
    void a_missing_executable_is_reported_by_spawn_itself() {
        assertThatThrownBy(() -> NativeProcess.spawn(new SpawnRequest(List.of("/no/such/java"), Map.of(), standard())))
                .hasMessage("posix_spawn: ENOENT (No such file or directory)");
    }

    @Test
    void the_environment_is_what_was_given_and_nothing_else() throws IOException {
        assertThat(output(standard(), "/usr/bin/env")).isEqualTo("NAME=narwhal = \u00fc\n");
    }

    @Test
    void a_reaped_process_is_not_signalled() throws IOException {
        var process = NativeProcess.spawn(new SpawnRequest(List.of("/bin/sleep", "60"), Map.of(), standard()));

        assertThat(process.reap()).isEmpty();
        assertThat(process.signal(Signal.KILL)).isTrue();
        process.awaitDeath();
        assertThat(process.signal(Signal.TERM)).as("a zombie takes signals").isTrue();
        assertThat(process.reap()).hasValueSatisfying(status -> {
            assertThat(status.signalled()).isTrue();
            assertThat(status.signal()).isEqualTo(9);
        });
        assertThat(process.signal(Signal.TERM)).isFalse();
        assertThat(process.reap()).isEmpty();
    }

    private static List<Fd> standard() {
        return List.of(Fd.STANDARD_INPUT, Fd.STANDARD_OUTPUT, Fd.STANDARD_ERROR);
    }

    /** Runs to the end and returns what the child wrote to its standard output. */
    private static String output(List<Fd> fds, Object... command) throws IOException {
        try (var pipe = Pipe.open();
                var input = pipe.readEnd().inputStream()) {
            var placed = new ArrayList<>(fds);
            placed.set(1, pipe.writeEnd());
            var words = List.of(command).stream().map(Object::toString).toList();
            var process = NativeProcess.spawn(new SpawnRequest(words, Map.of("NAME", "narwhal = \u00fc"), placed));
            pipe.writeEnd().close();
            var text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
            process.awaitDeath();
            assertThat(process.reap().map(WaitStatus::raw)).hasValue(0);
            return text;
        }
    }
}
