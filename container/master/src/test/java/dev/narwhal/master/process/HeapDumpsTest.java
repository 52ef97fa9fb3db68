package dev.narwhal.master.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What workers leave that ran out of heap. */
final class HeapDumpsTest {

    @TempDir
    Path directory;

    @Test
    void the_oldest_go_until_the_others_are_within_the_budget() throws IOException {
        var dumps = new HeapDumps(directory);
        dump("java_pid1.hprof", 1);
        dump("java_pid22.hprof", 3);
        dump("java_pid3.hprof", 2);
        dump("mine.hprof", 0);

        assertThat(dumps.trim(200))
                .extracting(HeapDumps.Dump::file)
                .containsExactly(directory.resolve("java_pid1.hprof"));
        assertThat(dumps.of(1)).isEmpty();
        assertThat(dumps.of(2)).as("of another pid that begins so").isEmpty();
        assertThat(dumps.of(22)).hasSize(1);
        assertThat(dumps.trim(99)).hasSize(2);
        assertThat(directory.resolve("mine.hprof")).exists();
    }

    @Test
    void the_directory_is_the_owners_only() throws IOException {
        var dumps = new HeapDumps(directory.resolve("a/b"));
        assertThat(dumps.trim(0)).isEmpty();
        dumps.open();
        dumps.open();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("a/b"))))
                .isEqualTo("rwx------");
    }

    /** 100 bytes. */
    private void dump(String name, int second) throws IOException {
        var file = Files.write(directory.resolve(name), new byte[100]);
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
    }
}
