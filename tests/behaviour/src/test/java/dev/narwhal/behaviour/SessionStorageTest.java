package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.Launch;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Processes;
import dev.narwhal.harness.RunningNarwhal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Where sessions are, and for how long. */
@ExtendWith(NarwhalExtension.class)
final class SessionStorageTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path directory;

    @Test
    void a_directory_keeps_sessions_over_a_stop_and_a_start_and_is_one_masters(Narwhals narwhals) throws IOException {
        var war = SessionsTest.war(directory) + "=/one";
        var sessions = directory.resolve("deep/sessions");
        var first = narwhals.start("--workers=2", "--session-dir=" + sessions, war);
        var user = new User(first);
        user.lab("set=a:1&timeout=3600");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sessions)))
                .isEqualTo("rwx------");

        var refused = Launch.run("--session-dir=" + sessions, war).finish();
        assertThat(refused.exitCode()).isEqualTo(5);
        assertThat(refused.err()).contains("opening the session directory " + sessions, "another narwhal uses it");

        assertThat(first.stop()).isZero();
        var second = new User(narwhals.start("--workers=2", "--session-dir=" + sessions, war));
        second.cookie(user.cookie());
        second.everywhere("get=a", "1"::equals);
    }

    @Test
    void nothing_stays_in_memory_when_a_master_ends_and_the_next_one_clears_up_after_a_killed_one(Narwhals narwhals) {
        var war = SessionsTest.war(directory) + "=/one";
        var killed = narwhals.start("--workers=1", war);
        var left = memoryOf(killed);
        assertThat(left).isDirectory();
        killed.kill9(killed.masterPid());
        killed.awaitExit(LIMIT);
        Await.until("the end of its worker", LIMIT, () -> killed.survivors().isEmpty());
        assertThat(left).isDirectory();

        var next = narwhals.start("--workers=1", war);
        assertThat(left).doesNotExist();
        var memory = memoryOf(next);
        assertThat(memory).isDirectory();
        next.stop();
        assertThat(memory).doesNotExist();
    }

    @Test
    void a_full_disk_costs_503s_and_nothing_else(Narwhals narwhals) throws IOException {
        var sessions = directory.resolve("small");
        var narwhal = narwhals.start("--workers=2", "--session-dir=" + sessions, SessionsTest.war(directory) + "=/one");
        var user = new User(narwhal);
        user.lab("set=a:1");
        user.everywhere("get=a", "1"::equals);
        var file = sessions.resolve("data.mdb");
        assertThat(Files.size(file)).isLessThan(1 << 20);

        narwhal.workers().forEach(worker -> limitFiles(worker, Long.toString(size(file))));
        var refused = new User(narwhal).ask("/one/lab?bytes=500000");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).contains("1");
        assertThat(refused.header("Set-Cookie")).isEmpty();
        narwhal.awaitLog(
                Pattern.compile("writing the session store in .*small: .* Requests that need a session get a 503"));
        user.everywhere("get=a", "1"::equals);

        narwhal.workers().forEach(worker -> limitFiles(worker, "unlimited"));
        user.lab("bytes=500000");
        user.everywhere("get=a&names", "1\na,bytes"::equals);
        assertThat(size(file)).isGreaterThan(500_000);
        assertThat(narwhal.log().all(Pattern.compile("exited|killed by"))).isEmpty();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The kernel refuses to make a file larger, as it does when there is no room left. */
    private static void limitFiles(long pid, String bytes) {
        try {
            var limiting = new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--fsize=" + bytes + ":unlimited")
                    .inheritIO()
                    .start();
            assertThat(limiting.waitFor()).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void an_attribute_whose_class_a_release_has_changed_is_dropped_and_its_session_stays(Narwhals narwhals) {
        var war = directory.resolve("lab.war");
        write(war, 1);
        var narwhal = narwhals.start("--workers=2", war + "=/one");
        var user = new User(narwhal);
        user.lab("set=a:1&new=shop.Basket");
        user.everywhere("get=a&get=object", "1\nbasket 1"::equals);

        write(war, 2);
        narwhal.signal("HUP");
        narwhal.awaitLog(Pattern.compile("reloaded: all workers are of generation 2"), LIMIT);
        Await.until(
                "the end of the former workers", LIMIT, () -> narwhal.workers().size() == 2);
        user.everywhere("get=a&get=object", "1\nnull"::equals);
        assertThat(narwhal.log()
                        .all(Pattern.compile("reading the session attribute 'object' of /one: .*shop.Basket.*dropped")))
                .hasSizeBetween(1, 2); // by each worker
        user.lab("new=shop.Basket");
        user.everywhere("get=a&get=object", "1\nbasket 2"::equals);
    }

    private void write(Path war, int version) {
        SessionsTest.lab("<distributable/>")
                .file("WEB-INF/classes/shop/Basket.class", basket(version))
                .write(war);
    }

    private byte[] basket(int version) {
        try {
            var source = directory.resolve("Basket.java");
            Files.writeString(source, """
                    package shop;

                    public final class Basket implements java.io.Serializable {
                        private static final long serialVersionUID = %1$d;

                        public String toString() {
                            return "basket %1$d";
                        }
                    }
                    """.formatted(version));
            assertThat(ToolProvider.getSystemJavaCompiler()
                            .run(null, null, null, "-d", directory.toString(), source.toString()))
                    .isZero();
            return Files.readAllBytes(directory.resolve("shop/Basket.class"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path memoryOf(RunningNarwhal narwhal) {
        var command = Processes.commandLine(narwhal.workers().getFirst());
        var argument = Pattern.compile("session-directory=(\\S+)").matcher(command);
        assertThat(argument.find()).isTrue();
        return Path.of(argument.group(1));
    }

    @Test
    void sessions_in_the_memory_of_a_worker_are_for_one_worker(Narwhals narwhals) {
        var war = SessionsTest.war(directory) + "=/one";
        assertThat(Launch.run("--sessions=memory", "--workers=2", war).finish().exitCode())
                .isEqualTo(2);

        var narwhal = narwhals.start("--sessions=memory", war);
        var user = new User(narwhal);
        user.lab("set=a:1&list&add=1");
        assertThat(user.lab("get=a&get=list")).isEqualTo("1\n[1]");
        narwhal.signal("TTIN");
        Await.holdsFor(Duration.ofMillis(500), () -> narwhal.workers().size() == 1);
        assertThat(narwhal.workers()).hasSize(1);
    }
}
