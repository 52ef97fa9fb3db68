package dev.narwhal.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Has the distribution make its AOT cache before the first test that shares the cache directory: all workers after that boot in half the time,
 * and no test has a rehearsing worker beside it.
 */
final class Rehearsal {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Pattern OVER = Pattern.compile("AOT cache");

    private static boolean over;

    private Rehearsal() {}

    static synchronized void await() {
        if (over) {
            return;
        }
        over = true;
        try {
            var war = Scratch.directory();
            Files.writeString(war.resolve("index.html"), "rehearsal");
            try (var narwhal =
                    new RunningNarwhal(Launch.run("--bind=127.0.0.1:0", "--workers=1", "--log-level=debug", war))) {
                narwhal.awaitLog(OVER, LIMIT);
                narwhal.stop();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("rehearsing", e);
        }
    }
}
