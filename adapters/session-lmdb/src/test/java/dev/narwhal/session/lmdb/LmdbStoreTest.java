package dev.narwhal.session.lmdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narwhal.worker.session.Change;
import dev.narwhal.worker.session.Serialized;
import dev.narwhal.worker.session.StoreException;
import dev.narwhal.worker.session.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What LMDB promises beyond other stores. */
final class LmdbStoreTest {

    private static final Times TIMES = new Times(1, 1, 1, 60);

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path directory;

    @Test
    void sessions_outlive_the_store_that_wrote_them() {
        try (var store = LmdbStore.open(directory, 16 << 20)) {
            store.create("/shop", "a", TIMES, Map.of("x", Serialized.of(new byte[3])));
        }
        try (var store = LmdbStore.open(directory, 16 << 20)) {
            assertThat(store.ids("/shop")).containsExactly("a");
        }
    }

    @Test
    void its_files_are_the_owners() throws IOException {
        try (var _ = LmdbStore.open(directory, 16 << 20);
                var files = Files.list(directory)) {
            assertThat(files)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void sessions_that_no_application_ends_are_removed_after_a_while() {
        try (var store = LmdbStore.open(directory, 16 << 20)) {
            store.create("/gone", "a", TIMES, Map.of());
            store.create("/gone", "b", TIMES, Map.of());
            long used = store.create("/there", "c", TIMES, Map.of()).number();
            store.commit(used, new Change(Map.of(), 500_000, 500_000, OptionalInt.empty()));

            store.removeAbandoned(360_000);
            assertThat(store.ids("/gone")).hasSize(2);
            store.removeAbandoned(361_000);
            assertThat(store.ids("/gone")).isEmpty();
            assertThat(store.ids("/there")).containsExactly("c");
        }
    }

    @Test
    void workers_that_are_killed_within_a_read_leave_no_trace_in_the_table_of_readers() throws Exception {
        try (var store = LmdbStore.open(directory, 16 << 20)) {
            store.create("", "a", TIMES, Map.of("x", Serialized.of(new byte[3])));
            for (int i = 0; i < 3; i++) {
                killReading();
                store.freeDeadReaders();
            }
            // Each of them had as many; the table only ever grows when all places are taken.
            assertThat(store.mostReaders()).isBetween(ReadingMain.READERS, 2 * ReadingMain.READERS);
            assertThat(store.ids("")).containsExactly("a");
        }
    }

    private void killReading() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of(
                java,
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                ReadingMain.class.getName(),
                directory.toString());
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("reading");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_session_of_one_kibibyte_takes_less_than_two() {
        try (var store = LmdbStore.open(directory, 16 << 20)) {
            var value = Serialized.of(new byte[1051]);
            for (int i = 0; i < 3000; i++) {
                store.create("", i + "-0123456789012345678901234567890123456789", TIMES, Map.of("value", value));
            }
            assertThat(store.size().orElseThrow().bytes() / 3000).isLessThan(2048);
        }
    }

    @Test
    void a_full_store_says_so_keeps_what_it_has_and_takes_more_once_there_is_room() {
        try (var store = LmdbStore.open(directory, 1 << 20)) {
            long first = store.create("", "first", TIMES, Map.of("x", Serialized.of(new byte[400_000])))
                    .number();

            assertThatThrownBy(() -> store.create("", "second", TIMES, Map.of("x", Serialized.of(new byte[600_000]))))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("it is full (1 MiB)");

            assertThat(store.ids("")).containsExactly("first");
            assertThat(store.commit(first, new Change(Map.of("x", Optional.empty()), 2, 2, OptionalInt.empty())))
                    .isPresent();
            store.create("", "second", TIMES, Map.of("x", Serialized.of(new byte[300_000])));
            assertThat(store.ids("")).containsExactlyInAnyOrder("first", "second");
        }
    }
}
