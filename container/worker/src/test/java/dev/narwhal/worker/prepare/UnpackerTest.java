package dev.narwhal.worker.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narwhal.worker.Archive;
import dev.narwhal.worker.war.WarException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackerTest {

    @TempDir
    private Path directory;

    private int unpack(byte[] archive, String prefix, Unpacker.Limits limits) throws WarException, IOException {
        var file = Files.write(directory.resolve("a.war"), archive);
        return new Unpacker("a.war", limits, new Recorded())
                .unpack(file, prefix, directory.resolve("out"), new ArrayList<String>()::add);
    }

    @Test
    void files_and_directories_arrive() throws Exception {
        var archive = Archive.jar().file("a/", "").file("a/b/c.txt", "c").file("d.txt", "");

        assertThat(unpack(archive.bytes(), "", Unpacker.Limits.DEFAULT)).isEqualTo(2);

        assertThat(directory.resolve("out/a/b/c.txt")).hasContent("c");
        assertThat(directory.resolve("out/d.txt")).isEmptyFile();
    }

    @Test
    void only_what_is_below_the_prefix_is_unpacked() throws Exception {
        var archive = Archive.jar()
                .file("META-INF/resources/", "")
                .file("META-INF/resources/a.txt", "a")
                .file("META-INF/b.txt", "b");

        assertThat(unpack(archive.bytes(), "META-INF/resources/", Unpacker.Limits.DEFAULT))
                .isEqualTo(1);

        assertThat(directory.resolve("out/a.txt")).hasContent("a");
        assertThat(directory.resolve("out/b.txt")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "a/../../b", "/etc/a", "a//b", "./a", "a/.", "a\\..\\b", ".."})
    void an_unsafe_name_is_refused(String name) {
        var archive = Archive.jar().file(name, "x").bytes();

        assertThatThrownBy(() -> unpack(archive, "", Unpacker.Limits.DEFAULT))
                .isInstanceOf(WarException.class)
                .hasMessageContaining("'" + name + "' has an unsafe name");
        assertThat(directory.resolve("a")).doesNotExist();
    }

    @Test
    void two_entries_of_one_name_are_refused() {
        var archive = renamed(
                Archive.jar().file("aaaa.txt", "1").file("bbbb.txt", "2").bytes(), "bbbb", "aaaa");

        assertThatThrownBy(() -> unpack(archive, "", Unpacker.Limits.DEFAULT))
                .hasMessageContaining("two entries 'aaaa.txt'");
    }

    @Test
    void what_is_not_unpacked_is_not_judged() throws Exception {
        var archive = renamed(
                Archive.jar()
                        .file("aaaa.txt", "1")
                        .file("bbbb.txt", "2")
                        .file("in/c.txt", "3")
                        .bytes(),
                "bbbb",
                "aaaa");

        assertThat(unpack(archive, "in/", Unpacker.Limits.DEFAULT)).isEqualTo(1);
    }

    @Test
    void a_name_that_is_a_file_and_a_directory_is_refused() {
        var archive = Archive.jar().file("a", "1").file("a/b", "2").bytes();

        assertThatThrownBy(() -> unpack(archive, "", Unpacker.Limits.DEFAULT))
                .isInstanceOf(WarException.class)
                .hasMessageContaining("a directory of 'a/b' is also a file");
    }

    @Test
    void damaged_content_is_noticed() {
        var archive = Archive.jar().file("a.txt", "x".repeat(5000)).bytes();
        archive[40] ^= 0x55;

        assertThatThrownBy(() -> unpack(archive, "", Unpacker.Limits.DEFAULT))
                .isInstanceOf(WarException.class)
                .hasMessageContaining("truncated or damaged");
    }

    @Test
    void too_many_entries_are_refused() {
        var archive = Archive.jar().file("a", "").file("b", "").file("c", "").bytes();

        assertThatThrownBy(() -> unpack(archive, "", new Unpacker.Limits(2, 1000, 100, 1000)))
                .hasMessageContaining("it has 3 entries, and 2 are allowed");
    }

    @Test
    void a_bomb_is_refused_before_it_is_big() throws Exception {
        var archive = Archive.jar().file("zeros", new byte[10 << 20]).bytes();

        assertThatThrownBy(() -> unpack(archive, "", new Unpacker.Limits(10, 1L << 30, 100, 2 << 20)))
                .hasMessageContaining("unpacks to more than 2 MiB");
        assertThat(Files.size(directory.resolve("out/zeros"))).isLessThan(3 << 20);
        assertThatThrownBy(() -> unpack(archive, "sub/", new Unpacker.Limits(0, 1L << 30, 100, 2 << 20)))
                .isInstanceOf(WarException.class);
    }

    @Test
    void what_one_library_takes_is_not_left_for_the_next() throws Exception {
        var jar = Archive.jar().file("zeros", new byte[600_000]).bytes();
        var limits = new Unpacker.Limits(10, 1_000_000, 100, 1_000_000);
        var first = new Unpacker("first.jar", limits, new Recorded());
        var file = Files.write(directory.resolve("first.jar"), jar);
        first.unpack(file, "", directory.resolve("first"), _ -> {});

        assertThatThrownBy(() -> unpack(jar, "", limits.after(first))).isInstanceOf(WarException.class);
    }

    private static byte[] renamed(byte[] archive, String from, String to) {
        return new String(archive, StandardCharsets.ISO_8859_1)
                .replace(from, to)
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
