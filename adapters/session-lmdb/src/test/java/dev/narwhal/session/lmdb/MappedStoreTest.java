package dev.narwhal.session.lmdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.narwhal.worker.session.SessionStore.Known;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store in memory, which is written through a map: what becomes of it when processes are killed and when memory is short. */
final class MappedStoreTest {

    private static final int KILLS = 3;
    private static final int LINES = 3000;

    @Test
    void whatever_a_killed_worker_has_stored_is_there_and_nothing_by_halves() throws Exception {
        for (int i = 0; i < KILLS; i++) {
            try (var memory = MemoryDirectory.create()) {
                var said = killCounting(memory.path(), LINES * (i + 1));
                try (var store = LmdbStore.open(memory.path(), 64 << 20)) {
                    for (int session = 0; session < WritingMain.SESSIONS; session++) {
                        var stored = store.load("", "session" + session, _ -> nothing())
                                .orElseThrow();
                        var counts = stored.attributes().orElseThrow().stream()
                                .map(attribute -> ByteBuffer.wrap(
                                                attribute.value().orElseThrow().bytes())
                                        .getInt())
                                .collect(Collectors.toSet());
                        assertThat(counts).hasSize(1);
                        assertThat(counts.iterator().next()).isBetween(said.get(session), said.get(session) + 1);
                    }
                }
            }
        }
    }

    private static Known nothing() {
        return new Known() {
            @Override
            public long version() {
                return 0;
            }

            @Override
            public long version(String attribute) {
                return 0;
            }
        };
    }

    /** What it had said of each session when it was killed. */
    private static List<Integer> killCounting(Path directory, int lines) throws Exception {
        var said = new ArrayList<>(Collections.nCopies(WritingMain.SESSIONS, 0));
        var process = new ProcessBuilder(command("count", directory))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = process.inputReader()) {
            int read = 0;
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                var words = line.split(" ", -1);
                said.set(Integer.parseInt(words[0]), Integer.valueOf(words[1]));
                if (++read == lines) {
                    process.toHandle().destroyForcibly(); // not its output, which is read to the end
                }
            }
            assertThat(read).isGreaterThanOrEqualTo(lines);
        } finally {
            process.destroyForcibly().waitFor();
        }
        return said;
    }

    private static List<String> command(String what, Path directory) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                WritingMain.class.getName(),
                what,
                directory.toString());
    }

    /** In a mount of its own, which ends with the process. */
    @Test
    void memory_that_is_short_is_an_error_and_ends_no_worker(@TempDir Path directory) throws Exception {
        assumeTrue(run(List.of("unshare", "-rm", "true")).status() == 0, "mounting is not allowed here");
        var script = "mount -t tmpfs -o size=3m none \"$0\" && exec \"$@\"";
        var command = new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", script, directory.toString()));
        command.addAll(command("fill", directory));
        var filled = run(command);
        assertThat(filled.output()).contains("No space left").contains("room again");
        assertThat(filled.status()).as(filled.output()).isZero();
    }

    private record Ended(int status, String output) {}

    private static Ended run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.inputReader()) {
            var output = out.readAllAsString();
            return new Ended(process.waitFor(), output);
        }
    }
}
