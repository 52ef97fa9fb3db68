package dev.narwhal.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Http;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Response;
import dev.narwhal.harness.Wars;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The accept gate: a busy worker leaves connections to an idle one. */
@ExtendWith(NarwhalExtension.class)
final class SyncTest {

    private static final int ROUNDS = 100;
    private static final int LONG = Scale.full() ? 1000 : 200;

    /** What two busy cores and a garbage collection may add. */
    private static final Duration NOISE = Duration.ofMillis(150);

    private record Answer(Response response, Duration took) {}

    @Test
    void two_long_requests_never_share_a_worker_and_a_short_one_waits_for_one_of_them_at_most(Narwhals narwhals)
            throws Exception {
        var narwhal = narwhals.start("--workers=2", "--dispatch=sync", Wars.sample("crashtest"));
        for (int i = 0; i < 200; i++) {
            Http.get(narwhal.port(), "/sleep?ms=0");
        }
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < ROUNDS; round++) {
                together(executor, narwhal.port(), round);
            }
        }
    }

    private static void together(ExecutorService executor, int port, int round) throws Exception {
        var start = new CyclicBarrier(3);
        var one = executor.submit(ask(start, port, LONG));
        var two = executor.submit(ask(start, port, LONG));
        var small = executor.submit(ask(start, port, 1));

        assertThat(one.get().response().worker())
                .as("round %d: the workers of the long requests", round)
                .isNotEqualTo(two.get().response().worker());
        assertTook(one, round);
        assertTook(two, round);
        assertTook(small, round);
    }

    private static void assertTook(Future<Answer> answer, int round) throws Exception {
        assertThat(answer.get().response().status()).isEqualTo(200);
        assertThat(answer.get().took())
                .as("round %d", round)
                .isLessThan(Duration.ofMillis(LONG).plus(NOISE));
    }

    private static Callable<Answer> ask(CyclicBarrier start, int port, int millis) {
        return () -> {
            start.await();
            long begin = System.nanoTime();
            var response = Http.get(port, "/sleep?ms=" + millis);
            return new Answer(response, Duration.ofNanos(System.nanoTime() - begin));
        };
    }
}
