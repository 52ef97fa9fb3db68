package dev.narwhal.undertow.accept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BufferPoolTest {

    private static final int TRIES = 2_000;

    private final BufferPool pool = new BufferPool();

    @Test
    void a_buffer_that_two_threads_give_back_is_given_out_once() throws InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            var buffer = pool.allocate();
            var go = new CountDownLatch(1);
            var threads = IntStream.range(0, 2)
                    .mapToObj(_ -> Thread.ofPlatform().start(() -> {
                        try {
                            go.await();
                        } catch (InterruptedException e) {
                            return;
                        }
                        buffer.close();
                    }))
                    .toList();
            go.countDown();
            for (var thread : threads) {
                thread.join();
            }

            var first = pool.allocate();
            var second = pool.allocate();
            assertThat(first.getBuffer()).isNotSameAs(second.getBuffer());
            first.close();
            second.close();
        }
    }

    @Test
    void what_was_given_back_cannot_be_used() {
        var buffer = pool.allocate();
        buffer.close();

        assertThat(buffer.isOpen()).isFalse();
        assertThatThrownBy(buffer::getBuffer).hasMessageContaining("given back already");
    }

    @Test
    void a_buffer_comes_back_cleared() {
        var buffer = pool.allocate();
        buffer.getBuffer().put((byte) 1);
        buffer.close();

        assertThat(pool.allocate().getBuffer().position()).isZero();
    }
}
