package dev.narwhal.undertow.dispatch;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Platform threads that share one queue. To add work and to wake a thread for it are two calls, since a thread that is awake already may come
 * to it sooner than another one that has to be woken. Whoever adds work and wakes nobody relies on a thread that is awake: such a
 * thread looks into the queue once more after it no longer counts as awake.
 */
final class RequestPool {

    private record Work(Runnable task, Pace pace, long since) {}

    /** So many threads stay when there is nothing to do. */
    private static final int FEW = 2;

    /** So many tasks of the queue are run before what is for later, if they do not end before. */
    static final int TOGETHER = 16;

    private static final long IDLE_SECONDS = 10;
    private static final Logger log = LoggerFactory.getLogger(RequestPool.class);

    private final Queue<Work> queue = new ConcurrentLinkedQueue<>();
    /** For when the queue is empty. */
    private final Queue<Work> last = new ConcurrentLinkedQueue<>();

    private final AtomicInteger awake = new AtomicInteger();
    private final ThreadPoolExecutor threads;

    /** @param most so many threads at most */
    RequestPool(int most) {
        threads = new ThreadPoolExecutor(
                Math.min(FEW, most),
                most,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().name("request-", 1).daemon(true).factory(),
                // All threads are at work, and the first that is done finds what is queued; or one is just about to
                // rest, and look comes again.
                (_, _) -> awake.decrementAndGet());
    }

    /** Queues work for the threads that are awake; see {@link #wake}. */
    void add(Runnable task, Pace pace) {
        queue.add(new Work(task, pace, System.nanoTime()));
    }

    /** Queues work for when the threads that are awake have run the other one. */
    void addLast(Runnable task, Pace pace) {
        last.add(new Work(task, pace, System.nanoTime()));
    }

    /** Wakes one thread more, or starts it. Without effect when all there may be are awake. */
    void wake() {
        awake.incrementAndGet();
        threads.execute(this::serve);
    }

    int awake() {
        return awake.get();
    }

    boolean hasQueued() {
        return !queue.isEmpty() || !last.isEmpty();
    }

    /** Since when, by {@link System#nanoTime}, the oldest work in the queue has waited; {@code now} when there is none. */
    long oldest(long now) {
        return Math.min(since(queue.peek(), now), since(last.peek(), now));
    }

    private static long since(@Nullable Work head, long now) {
        return head == null ? now : head.since();
    }

    private void serve() {
        do {
            int together = TOGETHER;
            for (var work = next(together); work != null; work = next(together)) {
                together = together == 0 ? TOGETHER : together - 1;
                run(work);
            }
        } while (awake.decrementAndGet() == 0 && hasQueued() && awake.compareAndSet(0, 1));
    }

    private @Nullable Work next(int together) {
        var first = together == 0 ? last : queue;
        var work = first.poll();
        return work != null ? work : (together == 0 ? queue : last).poll();
    }

    private static void run(Work work) {
        long start = System.nanoTime();
        try {
            work.task().run();
        } catch (Throwable e) {
            log.error("running a request", e);
        }
        work.pace().took(System.nanoTime() - start);
        Thread.interrupted(); // an interrupt meant for one request must not reach the next
    }

    /** Ends the threads, each when its work is done. */
    void close() {
        threads.shutdown();
    }
}
