package dev.narwhal.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.LogLines;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RedisServer;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.Wars;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What users were told stays true, whatever happens to the workers, the server and the store. In full: 200 users who make 200 visits each while a
 * worker is killed every 5 s.
 */
@ExtendWith(NarwhalExtension.class)
final class SessionsTest {

    private static final int USERS = Scale.full() ? 200 : 50;
    private static final int VISITS = Scale.full() ? 200 : 10;
    private static final int KILLS = Scale.full() ? 4 : 2;
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(Scale.full() ? 5 : 1);
    private static final Duration OUTAGE = Duration.ofSeconds(Scale.full() ? 5 : 1);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Random random = new Random(20261125);

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path directory;

    @Test
    void no_count_and_no_session_is_lost_when_workers_are_killed_and_replaced(Narwhals narwhals) {
        var narwhal = narwhals.start("--workers=3", Wars.sample("classic"));
        var visitors = Visitors.begin(narwhal.port(), USERS);
        disturb(narwhal, visitors, VISITS);
        visitors.stop();
        System.out.println("in memory: " + visitors);
    }

    @Test
    void nor_when_the_server_stops_and_starts_with_sessions_on_disk(Narwhals narwhals) {
        stopsAndStarts(narwhals, "--session-dir=" + directory.resolve("sessions"));
    }

    private void stopsAndStarts(Narwhals narwhals, String store) {
        var bind = "--bind=127.0.0.1:" + RedisServer.freePort();
        var first = narwhals.start(bind, "--workers=3", store, Wars.sample("classic"));
        var visitors = Visitors.begin(first.port(), USERS);
        visitors.awaitVisits();
        if (Scale.full()) {
            disturb(first, visitors, VISITS / 2);
        }
        assertThat(first.stop()).isZero();
        var second = narwhals.start(bind, "--workers=3", store, Wars.sample("classic"));
        visitors.awaitVisits();
        if (Scale.full()) {
            disturb(second, visitors, VISITS);
        }
        visitors.stop();
        System.out.println(store.replaceFirst("=.*", "") + ", stopped and started: " + visitors);
    }

    @Test
    void nor_when_it_stops_and_starts_with_sessions_in_redis(Narwhals narwhals) {
        assumeTrue(Scale.full(), "the short form is the same with sessions on disk");
        try (var redis = RedisServer.start(directory)) {
            stopsAndStarts(narwhals, "--sessions=" + redis.url());
        }
    }

    @Test
    void nor_when_redis_stands_still_or_is_started_anew(Narwhals narwhals) {
        try (var redis = RedisServer.start(directory, "--appendonly", "yes")) {
            var narwhal = narwhals.start(
                    "--workers=3", "--sessions=" + redis.url() + "?timeout=500ms", Wars.sample("classic"));
            var visitors = Visitors.begin(narwhal.port(), USERS);
            visitors.awaitVisits();

            redis.signal("STOP");
            outage(visitors);
            redis.signal("CONT");
            visitors.awaitVisits();
            redis.shutDown();
            outage(visitors);
            redis.restart();
            visitors.awaitVisits();
            disturb(narwhal, visitors, VISITS);

            visitors.stop();
            System.out.println("Redis stopped twice: " + visitors);
            assertThat(visitors.refused()).isGreaterThan(2L * USERS);
        }
    }

    /** Everybody is answered all the time. */
    private static void outage(Visitors visitors) {
        long end = System.nanoTime() + OUTAGE.toNanos();
        do {
            visitors.awaitAnswers();
        } while (System.nanoTime() - end < 0);
    }

    /** Kills a worker now and then, and has all of them replaced once, until everybody has been there often enough. */
    private void disturb(RunningNarwhal narwhal, Visitors visitors, int visits) {
        long before = visitors.visits();
        int kills = 0;
        while (kills < KILLS || visitors.fewest() < visits) {
            var workers = narwhal.readyWorkers();
            if (!workers.isEmpty()) {
                narwhal.kill9(workers.get(random.nextInt(workers.size())));
                kills++;
                if (kills == 2) {
                    narwhal.signal("HUP");
                    narwhal.awaitLog(Pattern.compile("reloaded: all workers are of generation 2"), LIMIT);
                }
            }
            Await.holdsFor(BETWEEN_KILLS, () -> true);
        }
        narwhal.awaitWorkers(3, LIMIT);
        assertThat(narwhal.log().all(LogLines.READY)).hasSizeGreaterThan(6);
        System.out.printf("%,d visits, %d workers killed, all replaced once%n", visitors.visits() - before, kills);
    }
}
