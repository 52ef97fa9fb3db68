package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.WarBuilder;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The cache of prepared applications. */
@ExtendWith(NarwhalExtension.class)
final class PrepareTest {

    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    /** Without an AOT cache, which would be made in the same directory. */
    private static final String ALONE = "--java-opts=-XX:AOTMode=off";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void it_is_the_users_own(Narwhals narwhals) throws IOException {
        var cache = directory.resolve("cache");
        narwhals.startLaunch(Launch.run(ALONE, Wars.sample("hello")).with("NARWHAL_CACHE", cache));

        assertThat(Files.getPosixFilePermissions(cache)).doesNotContainAnyElementsOf(OTHERS);
    }

    @Test
    void the_same_content_is_prepared_once_whatever_its_name(Narwhals narwhals) throws IOException {
        var cache = directory.resolve("cache");
        var copy = Files.copy(Wars.sample("hello"), directory.resolve("renamed.war"));
        narwhals.startLaunch(Launch.run(ALONE, Wars.sample("hello")).with("NARWHAL_CACHE", cache));
        long files = count(cache);

        narwhals.startLaunch(Launch.run(ALONE, copy).with("NARWHAL_CACHE", cache));

        assertThat(count(cache)).isEqualTo(files);
    }

    @Test
    void servers_that_start_at_once_do_not_disturb_each_other(Narwhals narwhals) throws IOException {
        var launch = Launch.run(ALONE, "--workers=1", Wars.sample("classic"))
                .with("NARWHAL_CACHE", directory.resolve("cache"));
        var servers =
                IntStream.range(0, 3).mapToObj(_ -> narwhals.begin(launch)).toList();

        for (var server : servers) {
            assertThat(Http.get(server.awaitReady().port(), "/trace").status()).isEqualTo(200);
        }
    }

    /** It waits for a descriptor that never comes. */
    @Test
    void a_preparation_ends_with_its_master(Narwhals narwhals) throws Exception {
        var descriptor =
                Files.createDirectories(directory.resolve("app/WEB-INF")).resolve("web.xml");
        assertThat(new ProcessBuilder("mkfifo", descriptor.toString()).start().waitFor())
                .isZero();
        var server = narwhals.begin(Launch.run(directory.resolve("app")));
        Await.until("a preparation", LIMIT, () -> preparation(server).isPresent());
        var child = preparation(server).orElseThrow();

        server.kill9(server.masterPid());
        server.awaitExit(LIMIT);

        Await.until("the end of the child", LIMIT, () -> !child.isAlive());
    }

    private static Optional<ProcessHandle> preparation(RunningNarwhal server) {
        return ProcessHandle.of(server.masterPid()).stream()
                .flatMap(ProcessHandle::children)
                .filter(child -> child.info().commandLine().orElse("").contains("PrepareMain"))
                .findAny();
    }

    @Test
    void a_war_that_was_replaced_is_prepared_anew(Narwhals narwhals) throws IOException {
        var war = directory.resolve("app.war");
        new WarBuilder().file("index.html", "one").write(war);
        var first = narwhals.start(war);
        assertThat(Http.get(first.port(), "/").text()).isEqualTo("one");
        first.stop();

        new WarBuilder().file("index.html", "two").write(war);
        var second = narwhals.start(war);
        assertThat(Http.get(second.port(), "/").text()).isEqualTo("two");
    }

    @Test
    void hup_serves_the_new_content_of_the_war(Narwhals narwhals) throws IOException {
        var war = directory.resolve("app.war");
        new WarBuilder().file("index.html", "one").write(war);
        var narwhal = narwhals.start(war);

        new WarBuilder().file("index.html", "two").write(war);
        narwhal.signal("HUP");
        narwhal.awaitLog(LogLines.RELOADED);
        // Until the old worker has seen the accept queue empty, it may still take a connection.
        narwhal.awaitLog(Pattern.compile("worker 0 .* drained in"));

        assertThat(Http.get(narwhal.port(), "/").text()).isEqualTo("two");
    }

    @Test
    void a_cache_that_cannot_be_written_is_one_clear_error() throws IOException {
        var file = Files.createFile(directory.resolve("occupied"));

        var finished =
                Launch.run(Wars.sample("hello")).with("NARWHAL_CACHE", file).finish();

        assertThat(finished.exitCode()).isEqualTo(5);
        assertThat(finished.err()).contains("occupied");
        assertThat(finished.output().lines()).noneMatch(LogLines.STACK_FRAME.asPredicate());
    }

    private static long count(Path cache) {
        try (Stream<Path> files = Files.walk(cache)) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException("counting the files of the cache", e);
        }
    }
}
