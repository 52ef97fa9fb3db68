package dev.narwhal.undertow.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What {@code dispatch} relies on that the JDK does not promise. */
class VirtualThreadsTest {

    private final VirtualThreads virtualThreads =
            VirtualThreads.withScheduler().orElseThrow(() -> new AssertionError("no scheduler for virtual threads"));

    @Test
    void a_thread_runs_where_its_scheduler_runs_it_and_always_submits_the_same_object() throws Exception {
        var submitted = new ArrayBlockingQueue<Runnable>(2);
        var carrier = new CompletableFuture<Boolean>();
        var thread = virtualThreads.unstarted(submitted::add, () -> {
            LockSupport.park();
            carrier.complete(Thread.currentThread().isVirtual());
        });

        thread.start();
        var first = submitted.take();
        first.run();
        LockSupport.unpark(thread);
        var second = submitted.take();
        assertThat(carrier).isNotDone();
        second.run();

        assertThat(second).isSameAs(first);
        assertThat(carrier.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_thread_that_it_starts_inherits_the_scheduler() throws Exception {
        var submitted = new ArrayBlockingQueue<Runnable>(2);
        var thread = virtualThreads.unstarted(submitted::add, () -> Thread.startVirtualThread(() -> {}));

        thread.start();
        var own = submitted.take();
        own.run();

        assertThat(submitted.take()).isNotSameAs(own);
    }
}
