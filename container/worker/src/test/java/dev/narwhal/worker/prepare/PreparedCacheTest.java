package dev.narwhal.worker.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.PreparedWar;
import dev.narwhal.worker.Archive;
import dev.narwhal.worker.war.InUse;
import dev.narwhal.worker.war.PreparedApp;
import dev.narwhal.worker.war.WarException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedCacheTest {

    @TempDir
    private Path directory;

    private Workshop workshop;

    @BeforeEach
    void open() {
        workshop = new Workshop(directory);
    }

    private PreparedWar prepare(Path war) throws Exception {
        return workshop.preparer().prepare(war, "/x");
    }

    @Test
    void the_same_content_is_prepared_once() throws Exception {
        var war = Archive.war().file("index.html", "one").writeTo(directory.resolve("a.war"));

        var first = prepare(war);
        Files.setLastModifiedTime(war, FileTime.from(Instant.EPOCH));
        var second = prepare(war);

        assertThat(first.reused()).isFalse();
        assertThat(second.reused()).isTrue();
        assertThat(second.directory()).isEqualTo(first.directory());
        assertThat(second.contextPath()).isEqualTo("/x");
        assertThat(PreparedApp.load(second.directory())
                        .webApp()
                        .layout()
                        .documentRoot()
                        .resolve("index.html"))
                .hasContent("one");
    }

    @Test
    void other_content_is_another_preparation() throws Exception {
        var war = Archive.war().file("index.html", "one").writeTo(directory.resolve("a.war"));
        var first = prepare(war);
        Archive.war().file("index.html", "two").writeTo(war);

        assertThat(prepare(war).directory()).isNotEqualTo(first.directory());
    }

    @Test
    void what_is_not_complete_is_prepared_again() throws Exception {
        var war = Archive.war().file("index.html", "one").writeTo(directory.resolve("a.war"));
        var first = prepare(war);
        Files.delete(first.directory().resolve("complete.json"));
        Files.delete(first.directory().resolve("app/index.html"));

        var second = prepare(war);

        assertThat(second.reused()).isFalse();
        assertThat(second.directory().resolve("app/index.html")).hasContent("one");
        assertOnly(second.directory());
    }

    @Test
    void of_parallel_starts_one_prepares_and_all_use_it() throws Exception {
        var war = Archive.war()
                .file("index.html", "x".repeat(1 << 20))
                .source("S", "public class S extends jakarta.servlet.http.HttpServlet {}")
                .writeTo(directory.resolve("a.war"));
        int starts = 8;
        var together = new CyclicBarrier(starts);
        Callable<PreparedWar> start = () -> {
            together.await();
            return prepare(war);
        };
        var prepared = new ArrayList<PreparedWar>();
        try (var threads = Executors.newFixedThreadPool(starts)) {
            for (var future : threads.invokeAll(Collections.nCopies(starts, start))) {
                prepared.add(future.get());
            }
        }

        assertThat(prepared).extracting(PreparedWar::reused).containsOnlyOnce(false);
        assertThat(prepared)
                .extracting(PreparedWar::directory)
                .containsOnly(prepared.getFirst().directory());
        assertOnly(prepared.getFirst().directory());
    }

    @Test
    void an_exploded_directory_is_served_in_place_and_read_again_when_it_changes() throws Exception {
        var exploded = Archive.war()
                .file("index.html", "one")
                .webXml("<display-name>one</display-name>")
                .lib("a.jar", jar -> jar.file("META-INF/resources/a.txt", "a"))
                .file("WEB-INF/native/libtusk.so", "x")
                .explodeTo(directory.resolve("shop"));

        var first = prepare(exploded);
        var webApp = PreparedApp.load(first.directory()).webApp();
        assertThat(webApp.layout().documentRoot()).isEqualTo(exploded);
        assertThat(webApp.layout().resourceRoots().getFirst().resolve("a.txt")).hasContent("a");
        assertThat(first.directory().resolve("app")).doesNotExist();
        assertThat(first.nativeCode()).isTrue();

        Files.writeString(exploded.resolve("index.html"), "static files have no say");
        assertThat(prepare(exploded).reused()).isTrue();

        Archive.war().webXml("<display-name>three</display-name>").explodeTo(exploded);
        var second = prepare(exploded);
        assertThat(second.reused()).isFalse();
        assertThat(PreparedApp.load(second.directory()).webApp().displayName()).contains("three");
    }

    @Test
    void facts_and_warnings_are_told_again_when_a_preparation_is_reused() throws Exception {
        var war = Archive.war()
                .webXml("<distributable/>")
                .lib("a.jar", jar -> jar.file("linux/libtusk.so", "x").file("No.class", "x"))
                .writeTo(directory.resolve("a.war"));

        for (boolean reused : new boolean[] {false, true}) {
            var prepared = prepare(war);
            assertThat(prepared.reused()).isEqualTo(reused);
            assertThat(prepared.nativeCode()).isTrue();
            assertThat(prepared.distributable()).isTrue();
        }
        assertThat(workshop.report().warnings()).hasSize(2);
    }

    @Test
    void the_cache_is_for_its_owner_only() throws Exception {
        PreparedCache.open(directory.resolve("deep/cache"), Instant.now());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("deep/cache"))))
                .isEqualTo("rwx------");
    }

    @Test
    void a_cache_that_others_can_write_to_is_refused() throws Exception {
        var cache = Files.createDirectory(directory.resolve("open"));
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwx---"));

        assertThatThrownBy(() -> PreparedCache.open(cache, Instant.now()))
                .isInstanceOfSatisfying(
                        WarException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.SYSTEM))
                .hasMessageContaining("others can write to it (rwxrwx---). Run: chmod go-w");
    }

    @Test
    void a_cache_that_is_a_file_is_refused() throws Exception {
        var file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> PreparedCache.open(file, Instant.now())).hasMessageContaining("not a directory");
        var below = file.resolve("cache");
        assertThatThrownBy(() -> PreparedCache.open(below, Instant.now()))
                .hasMessage("creating the cache directory " + below + ": " + file
                        + ": File exists. Give another cache directory.");
    }

    @Test
    void what_a_killed_process_left_is_deleted_a_day_later() throws Exception {
        var cache = PreparedCache.open(workshop.cache(), Instant.now());
        var left = cache.temporary();
        Files.writeString(left.resolve("half"), "x");

        PreparedCache.open(workshop.cache(), Instant.now());
        assertThat(left).exists();

        PreparedCache.open(workshop.cache(), Instant.now().plus(Duration.ofDays(2)));
        assertThat(left).doesNotExist();
    }

    @Test
    void what_nobody_wants_for_a_month_is_deleted_unless_a_worker_uses_it() throws Exception {
        var unused = prepare(Archive.war().file("a", "1").writeTo(directory.resolve("a.war")));
        var used = prepare(Archive.war().file("b", "1").writeTo(directory.resolve("b.war")));
        var later = Instant.now().plus(Duration.ofDays(31));

        try (var _ = InUse.hold(used.directory())) {
            PreparedCache.open(workshop.cache(), Instant.now().plus(Duration.ofDays(29)));
            assertThat(unused.directory()).exists();

            PreparedCache.open(workshop.cache(), later);
            assertThat(unused.directory()).doesNotExist();
            assertThat(used.directory().resolve("complete.json")).exists();
        }
        PreparedCache.open(workshop.cache(), later);
        assertOnly();
    }

    private void assertOnly(Path... expected) throws Exception {
        try (var left = Files.list(workshop.cache().toRealPath())) {
            assertThat(left).containsExactly(expected);
        }
    }
}
