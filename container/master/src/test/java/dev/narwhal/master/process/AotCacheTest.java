package dev.narwhal.master.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AotCacheTest {

    @TempDir
    private Path library;

    @BeforeEach
    void fill() throws IOException {
        Files.writeString(library.resolve("worker.jar"), "one");
    }

    private Path file(String... flags) throws IOException {
        return AotCache.of(Path.of("/cache"), Path.of("/jdk"), library, List.of(flags))
                .file();
    }

    @Test
    void another_build_of_the_server_has_another_cache() throws IOException {
        var before = file();
        Files.writeString(library.resolve("worker.jar"), "three");

        assertThat(file()).isNotEqualTo(before);
        assertThat(before.getParent()).isEqualTo(Path.of("/cache/aot"));
    }

    @Test
    void it_depends_on_modules_and_the_collector_but_not_on_the_heap() throws IOException {
        assertThat(file("-Xmx1g")).isEqualTo(file("-Xmx2g"));
        assertThat(file("-XX:+UseSerialGC")).isNotEqualTo(file("-XX:+UseG1GC"));
        assertThat(file("--add-opens=java.base/java.util=ALL-UNNAMED")).isNotEqualTo(file());
    }

    @Test
    void those_that_nothing_has_wanted_for_a_month_are_deleted() throws IOException {
        var now = Instant.parse("2026-11-22T12:00:00Z");
        var mine = aged("mine.aot", now.minus(Duration.ofDays(40)));
        var old = aged("old.aot", now.minus(Duration.ofDays(31)));
        var other = aged("other.aot", now.minus(Duration.ofDays(29)));

        new AotCache(mine).keep(now);

        assertThat(mine).exists();
        assertThat(old).doesNotExist();
        assertThat(other).exists();
    }

    private Path aged(String name, Instant wanted) throws IOException {
        return Files.setLastModifiedTime(Files.createFile(library.resolve(name)), FileTime.from(wanted));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:AOTCache=own.aot", "-XX:AOTMode=off", "-XX:SharedArchiveFile=own.jsa", "-Xshare:off"})
    void an_operator_who_has_one_of_his_own_keeps_it(String option) throws IOException {
        var command = new WorkerCommand(Path.of("/jdk"), library, Path.of("/cache"), List.of(option));

        assertThat(command.aotCache(List.of())).isEmpty();
    }

    @Test
    void other_options_leave_room_for_it() {
        var command = new WorkerCommand(Path.of("/jdk"), library, Path.of("/cache"), List.of("-Xss1m"));

        assertThat(command.aotCache(List.of())).isPresent();
    }
}
