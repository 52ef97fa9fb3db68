package dev.narwhal.samples.crashtest;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;

/** What takes time, or never ends. */
final class Waits {
    private static final Object MONITOR = new Object();

    private Waits() {}

    static void spin(Call call) throws IOException {
        var millis = call.number("ms", 1000);
        var end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        while (System.nanoTime() - end < 0) {
            // no Thread.onSpinWait(): the core is to be as busy as it gets
        }
        call.answer("spun " + millis + " ms");
    }

    static void sleep(Call call) throws IOException, InterruptedException {
        var millis = call.number("ms", 1000);
        Thread.sleep(millis);
        call.answer("slept " + millis + " ms");
    }

    static void monitor(Call call) throws IOException, InterruptedException {
        var millis = call.number("ms", 1000);
        var before = System.nanoTime();
        long waited;
        synchronized (MONITOR) {
            waited = Duration.ofNanos(System.nanoTime() - before).toMillis();
            Thread.sleep(millis);
        }
        call.answer("held the monitor " + millis + " ms, waited " + waited + " ms for it");
    }

    static void hang(Call call) throws InterruptedException {
        new CountDownLatch(1).await();
    }

    /** Two platform threads, since the JVM's own deadlock detection doesn't see virtual ones. */
    static void deadlock(Call call) throws InterruptedException {
        var left = new Object();
        var right = new Object();
        var bothHoldOne = new CyclicBarrier(2);
        var one = Thread.ofPlatform().daemon().name("deadlock-left").start(() -> take(left, right, bothHoldOne));
        Thread.ofPlatform().daemon().name("deadlock-right").start(() -> take(right, left, bothHoldOne));
        one.join();
    }

    private static void take(Object first, Object second, CyclicBarrier bothHoldOne) {
        synchronized (first) {
            try {
                bothHoldOne.await();
            } catch (InterruptedException | BrokenBarrierException e) {
                throw new IllegalStateException("nobody interrupts these threads", e);
            }
            synchronized (second) {
                throw new AssertionError("both threads hold both monitors");
            }
        }
    }
}
