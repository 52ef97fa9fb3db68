package dev.narwhal.undertow.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestPoolTest {

    private static final int MOST = 4;

    private final RequestPool pool = new RequestPool(MOST);
    private final Pace pace = new Pace();

    @AfterEach
    void close() {
        pool.close();
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private static Runnable waitingFor(CountDownLatch latch) {
        return () -> {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    @Test
    void one_thread_that_was_woken_does_all_that_is_queued() throws InterruptedException {
        var done = new CountDownLatch(100);
        var threads = new ConcurrentLinkedQueue<Thread>();
        for (int i = 0; i < 100; i++) {
            pool.add(
                    () -> {
                        threads.add(Thread.currentThread());
                        done.countDown();
                    },
                    pace);
        }
        pool.wake();

        await(done);
        assertThat(threads.stream().distinct()).hasSize(1);
    }

    @Test
    void what_is_for_later_is_done_after_what_is_queued_but_not_after_all_that_may_come() throws InterruptedException {
        var order = new ConcurrentLinkedQueue<String>();
        var done = new CountDownLatch(101);
        pool.addLast(
                () -> {
                    order.add("later");
                    done.countDown();
                },
                pace);
        for (int i = 0; i < 100; i++) {
            pool.add(
                    () -> {
                        order.add("now");
                        done.countDown();
                    },
                    pace);
        }
        pool.wake();

        await(done);
        assertThat(List.copyOf(order).indexOf("later")).isEqualTo(RequestPool.TOGETHER);
    }

    /** The promise that lets whoever adds work wake nobody: what is added while a thread is awake is done. */
    @Test
    void work_that_comes_while_the_last_thread_goes_to_rest_is_not_lost() throws InterruptedException {
        for (int i = 0; i < 20_000; i++) {
            var done = new CountDownLatch(1);
            pool.add(done::countDown, pace);
            if (pool.awake() == 0) {
                pool.wake();
            }
            await(done);
        }
    }

    @Test
    void no_more_threads_than_allowed_run_at_once() throws InterruptedException {
        var go = new CountDownLatch(1);
        var begun = new CountDownLatch(MOST);
        var done = new CountDownLatch(MOST + 1);
        for (int i = 0; i < MOST + 1; i++) {
            pool.add(
                    () -> {
                        begun.countDown();
                        waitingFor(go).run();
                        done.countDown();
                    },
                    pace);
            pool.wake();
        }

        await(begun);
        assertThat(pool.hasQueued()).isTrue();
        assertThat(pool.awake()).isEqualTo(MOST);
        go.countDown();
        await(done);
    }

    @Test
    void a_task_that_throws_or_is_interrupted_leaves_the_next_one_alone() throws InterruptedException {
        var done = new CountDownLatch(1);
        var interrupted = new ConcurrentLinkedQueue<Boolean>();
        pool.add(
                () -> {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("on purpose");
                },
                pace);
        pool.add(
                () -> {
                    interrupted.add(Thread.currentThread().isInterrupted());
                    done.countDown();
                },
                pace);
        pool.wake();

        await(done);
        assertThat(interrupted).containsExactly(false);
    }
}
