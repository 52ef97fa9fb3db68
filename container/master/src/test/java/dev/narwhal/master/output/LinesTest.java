package dev.narwhal.master.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {

    private final Lines lines = new Lines();
    private final List<String> found = new ArrayList<>();

    @Test
    void lines_are_found_however_they_are_read() {
        for (var part : List.of("one\ntw", "o\r", "\n", "\nthr", "ee")) {
            feed(part);
        }
        assertThat(found).containsExactly("one", "two", "");

        lines.end(this::found);
        assertThat(found).containsExactly("one", "two", "", "three");
    }

    @Test
    void a_long_line_becomes_several_and_loses_nothing_not_even_half_a_character() {
        var text = "x" + "ä€🦄".repeat(10_000);
        feed(text + "\nnext\n");

        assertThat(found).hasSizeGreaterThan(5).last().isEqualTo("next");
        assertThat(found).allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= Lines.MOST_BYTES);
        assertThat(String.join("", found.subList(0, found.size() - 1))).isEqualTo(text);
    }

    @Test
    void bytes_that_are_no_text_end_too() {
        var bytes = new byte[3 * Lines.MOST_BYTES];
        Arrays.fill(bytes, (byte) 0x80);
        var lengths = new ArrayList<Integer>();
        lines.feed(bytes, bytes.length, (_, _, length) -> lengths.add(length));
        lines.end((_, _, length) -> lengths.add(length));

        assertThat(lengths.stream().mapToInt(length -> length).sum()).isEqualTo(bytes.length);
    }

    private void feed(String part) {
        var bytes = part.getBytes(StandardCharsets.UTF_8);
        lines.feed(bytes, bytes.length, this::found);
    }

    private void found(byte[] bytes, int from, int length) {
        found.add(new String(bytes, from, length, StandardCharsets.UTF_8));
    }
}
