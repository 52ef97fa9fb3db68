package dev.narwhal.master.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class FdTest {

    @Test
    void what_is_written_to_a_pipe_is_read_from_it_until_its_write_end_closes() throws IOException {
        try (var pipe = Pipe.open();
                var input = pipe.readEnd().inputStream()) {
            pipe.writeEnd().write("narwhal\n".getBytes(StandardCharsets.UTF_8));
            assertThat(input.read()).isEqualTo('n');
            pipe.writeEnd().close();

            assertThat(new String(input.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("arwhal\n");
        }
    }

    @Test
    void a_closed_descriptor_is_closed_once_and_never_used_by_number() throws IOException {
        var memory = AnonymousMemory.create("test", 1);
        int number = memory.number();
        memory.close();
        try (var reusesTheNumber = AnonymousMemory.create("test", 1)) {
            assertThat(reusesTheNumber.number()).isEqualTo(number);

            memory.close();

            assertThat(Files.size(reusesTheNumber.path())).isOne();
            assertThatThrownBy(memory::number).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void anonymous_memory_has_the_size_asked_for_and_is_filled_with_zeros() throws IOException {
        try (var memory = AnonymousMemory.create("test", 70_000)) {
            assertThat(Files.readAllBytes(memory.path())).isEqualTo(new byte[70_000]);
        }
    }

    @Test
    void a_failed_call_names_the_function_the_error_and_what_it_means() {
        assertThatThrownBy(() -> AnonymousMemory.create("test", -1))
                .isInstanceOf(PosixException.class)
                .hasMessage("ftruncate: EINVAL (Invalid argument)");
    }

    @Test
    void a_write_to_a_pipe_without_a_reader_fails_instead_of_killing_the_process() throws IOException {
        try (var pipe = Pipe.open()) {
            pipe.readEnd().close();

            assertThatThrownBy(() -> pipe.writeEnd().write(new byte[] {1})).hasMessage("write: EPIPE (Broken pipe)");
        }
    }
}
