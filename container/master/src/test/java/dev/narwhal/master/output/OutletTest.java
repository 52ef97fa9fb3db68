package dev.narwhal.master.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OutletTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    /** Takes nothing before the latch opens. */
    private static final class Held extends OutputStream {

        private final CountDownLatch open = new CountDownLatch(1);
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private int mostAtOnce;

        @Override
        public void write(int b) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            taken.write(bytes, from, length);
            mostAtOnce = Math.max(mostAtOnce, length);
        }
    }

    private final Held reader = new Held();
    private final Outlet outlet = new Outlet("a reader", reader, Duration.ofMillis(50));

    @Test
    @Timeout(60)
    void a_reader_that_hangs_keeps_nobody_and_what_it_misses_is_counted() throws InterruptedException {
        var line = ("x".repeat(999) + "\n").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 10_000; i++) {
            outlet.offer(line, 1);
            outlet.put("from the master\n".getBytes(StandardCharsets.UTF_8));
        }

        reader.open.countDown();
        outlet.flush(LONG);
        var taken = reader.taken.toString(StandardCharsets.UTF_8);
        assertThat(taken.lines().filter("from the master"::equals)).hasSize(10_000);
        assertThat(taken.lines().filter(found -> found.startsWith("x"))).hasSizeBetween(200, 600);
    }

    @Test
    @Timeout(60)
    void it_writes_whole_lines_in_pieces_that_a_pipe_takes_at_once() throws InterruptedException {
        reader.open.countDown();
        var line = ("y".repeat(99) + "\n").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 1_000; i++) {
            outlet.offer(line, 1);
        }
        outlet.flush(LONG);

        assertThat(reader.taken.size()).isEqualTo(100_000);
        assertThat(reader.mostAtOnce).isLessThanOrEqualTo(4096);
        assertThat(reader.mostAtOnce % 100).isZero();
    }
}
