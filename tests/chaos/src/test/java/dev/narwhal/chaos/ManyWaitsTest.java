package dev.narwhal.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Http;
import dev.narwhal.harness.Latencies;
import dev.narwhal.harness.Load;
import dev.narwhal.harness.NarwhalExtension;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.Wars;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Thousands of waits at once in one small worker. */
@ExtendWith(NarwhalExtension.class)
final class ManyWaitsTest {

    private static final int REQUESTS = 10_000;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void ten_thousand_requests_that_wait_a_second_take_less_than_four(Narwhals narwhals) throws Exception {
        var narwhal = narwhals.start(
                "--workers=1",
                "--dispatch=virtual",
                "--max-inflight=" + REQUESTS,
                "--java-opts=-Xmx512m",
                Wars.sample("crashtest"));
        try (var load = Load.start(Load.Plan.of(narwhal.port(), "/sleep?ms=1", 50))) {
            load.awaitAnswers(2_000, LIMIT);
        }
        var connections = connect(narwhal.port());
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var go = new CountDownLatch(1);
            var answers = new ArrayList<Future<Long>>();
            for (var http : connections) {
                answers.add(executor.submit(wait(http, go)));
            }
            go.countDown();
            var nanos = new long[REQUESTS];
            for (int i = 0; i < REQUESTS; i++) {
                nanos[i] = answers.get(i).get();
            }
            var latencies = new Latencies(Arrays.stream(nanos));
            System.out.println("10,000 waits of 1 s: " + latencies);
            assertThat(latencies.longest()).isLessThan(Duration.ofSeconds(4));
        } finally {
            for (var http : connections) {
                http.close();
            }
        }
    }

    private static Callable<Long> wait(Http http, CountDownLatch go) {
        return () -> {
            go.await();
            long begin = System.nanoTime();
            assertThat(http.get("/sleep?ms=1000").status()).isEqualTo(200);
            return System.nanoTime() - begin;
        };
    }

    /** One after the other, so that the accept queue does not overflow. */
    private static List<Http> connect(int port) throws IOException {
        var connections = new ArrayList<Http>();
        for (int i = 0; i < REQUESTS; i++) {
            connections.add(Http.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0));
        }
        return connections;
    }
}
