package dev.narwhal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemporaryDirectoryTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path parent;

    @Test
    void is_for_the_owner_only_and_goes_with_all_that_is_in_it() throws IOException {
        try (var directory = TemporaryDirectory.create(parent, 3)) {
            var application = directory.next();
            assertThat(application).isEmptyDirectory().isNotEqualTo(directory.next());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(application.getParent())))
                    .isEqualTo("rwx------");
            Files.writeString(
                    Files.createDirectory(application.resolve("upload")).resolve("part"), "cod");
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void what_a_killed_worker_left_is_removed_by_the_next() throws IOException {
        var left = Files.createDirectories(parent.resolve("narwhal-worker-0-1/app-1"));
        Files.writeString(left.resolve("part"), "cod");
        Files.createFile(left.resolveSibling("worker.lock"));
        var foreign = Files.createDirectory(parent.resolve("narwhal-worker-without-lock"));
        try (var directory = TemporaryDirectory.create(parent, 0)) {
            assertThat(directory.next()).isEmptyDirectory();
            assertThat(left.getParent()).doesNotExist();
            assertThat(foreign).exists();
        }
    }

    @Test
    void what_a_living_worker_has_stays() throws IOException {
        try (var first = TemporaryDirectory.create(parent, 0)) {
            var application = first.next();
            TemporaryDirectory.create(parent, 1).close();
            assertThat(application).exists();
        }
    }
}
