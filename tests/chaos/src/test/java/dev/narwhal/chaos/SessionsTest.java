package dev.narwhal.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RedisServer;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What users were told stays true, whatever happens to the workers. */
@ExtendWith(NarwhalExtension.class)
final class SessionsTest {

    private static final int USERS = 50;
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern VISIT = Pattern.compile("visit (\\d+)");

    @Test
    void no_count_and_no_session_is_lost_when_workers_are_killed_and_replaced(Narwhals narwhals) {
        losesNothing(narwhals.start("--workers=3", Wars.sample("classic")));
    }

    @Test
    void nor_when_sessions_are_in_redis(Narwhals narwhals, @TempDir Path directory) {
        try (var redis = RedisServer.start(directory)) {
            losesNothing(narwhals.start("--workers=3", "--sessions=" + redis.url(), Wars.sample("classic")));
        }
    }

    private static void losesNothing(RunningNarwhal narwhal) {
        var users = new ArrayList<User>();
        for (int i = 0; i < USERS; i++) {
            users.add(new User(narwhal.port()));
        }
        users.forEach(User::begin);
        int kills = disturb(narwhal);
        users.forEach(User::stop);

        long counted = users.stream().mapToInt(user -> user.told).sum();
        System.out.printf("%d visits, %d kills%n", counted, kills);
        assertThat(kills).isGreaterThan(1);
        assertThat(users).allSatisfy(user -> {
            assertThat(user.problems).isEmpty();
            assertThat(user.told).isGreaterThan(10);
            // One more for each request that was cut off, if its worker had written before it died.
            assertThat(user.visit()).isBetween(user.told + 1, user.told + user.unanswered + 1);
        });
        narwhal.awaitWorkers(3, LIMIT);
    }

    /** Kills a worker now and then, and has all of them replaced once. */
    private static int disturb(RunningNarwhal narwhal) {
        var random = new Random(20261125);
        int kills = 0;
        long end = System.nanoTime() + Scale.period().toNanos() / 2;
        boolean reloaded = false;
        while (System.nanoTime() - end < 0 || !reloaded) {
            var workers = narwhal.readyWorkers();
            if (!workers.isEmpty()) {
                narwhal.kill9(workers.get(random.nextInt(workers.size())));
                kills++;
            }
            if (kills == 2) {
                narwhal.signal("HUP");
                narwhal.awaitLog(Pattern.compile("reloaded: all workers are of generation 2"), LIMIT);
                reloaded = true;
            }
            Await.holdsFor(BETWEEN_KILLS, () -> true);
        }
        assertThat(narwhal.log().all(LogLines.READY)).hasSizeGreaterThan(3);
        return kills;
    }

    /** Counts visits over a new connection each time, one after the other. */
    private static final class User implements Runnable {

        private final int port;
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final Thread thread = Thread.ofVirtual().unstarted(this);
        private final ArrayList<String> problems = new ArrayList<>();
        private String cookie = "";
        private int told;
        private int unanswered;

        User(int port) {
            this.port = port;
        }

        void begin() {
            thread.start();
        }

        void stop() {
            stopped.set(true);
            try {
                if (!thread.join(LIMIT)) {
                    problems.add("a request hangs");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void run() {
            while (!stopped.get()) {
                try {
                    int visit = visit();
                    if (visit < told + 1 || visit > told + 1 + unanswered) {
                        problems.add("visit " + visit + " after " + told + " and " + unanswered + " unanswered");
                    }
                    told = visit;
                    unanswered = 0;
                } catch (IOException e) {
                    unanswered++;
                } catch (AssertionError e) {
                    problems.add(String.valueOf(e.getMessage()));
                    return;
                }
            }
        }

        private int visit() throws IOException {
            try (var http = Http.connect(port)) {
                var response = http.send("GET /counter HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n") + "\r\n")
                        .response();
                response.header("Set-Cookie").ifPresent(value -> cookie = value.replaceFirst(";.*", ""));
                var visit = VISIT.matcher(response.text());
                if (response.status() != 200 || !visit.find()) {
                    throw new AssertionError(response + ": " + response.text());
                }
                return Integer.parseInt(visit.group(1));
            }
        }
    }
}
