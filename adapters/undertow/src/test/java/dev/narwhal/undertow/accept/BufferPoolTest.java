package dev.narwhal.undertow.accept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BufferPoolTest {

    private static final int TRIES = 50_000;

    private final BufferPool pool = new BufferPool();

    @Test
    void a_buffer_that_two_threads_give_back_is_given_out_once() throws InterruptedException {
        var buffer = new AtomicReference<>(pool.allocate());
        var turn = new AtomicInteger();
        var ended = new AtomicInteger();
        var other = Thread.ofPlatform().daemon().start(() -> {
            for (int i = 1; i <= TRIES; i++) {
                while (turn.get() < i) {
                    Thread.onSpinWait();
                }
                buffer.get().close();
                ended.set(i);
            }
        });
        for (int i = 1; i <= TRIES; i++) {
            turn.set(i);
            buffer.get().close();
            while (ended.get() < i) {
                Thread.onSpinWait();
            }
            var first = pool.allocate();
            var second = pool.allocate();
            assertThat(first.getBuffer()).isNotSameAs(second.getBuffer());
            first.close();
            buffer.set(second);
        }
        other.join();
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
