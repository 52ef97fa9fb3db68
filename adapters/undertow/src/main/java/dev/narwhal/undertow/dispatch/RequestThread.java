package dev.narwhal.undertow.dispatch;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler of one request's virtual thread: whenever the thread has something to run, decides anew where. A request that is found to
 * burn the CPU leaves the loop at its next wait.
 */
final class RequestThread implements Executor {

    /** So many continuations in a row that never let the loop come to its other work are not waiting but spinning. */
    private static final int MOST_LOOP_TURNS = 1000;

    /** The JDK's thread that submits virtual threads after they waited for a monitor. */
    private static final String UNBLOCKER = "VirtualThread-unblocker";

    private final Route route;
    private final Loop loop;
    private final Executor defaultScheduler;
    private int turns;

    /** What the JDK submits for the request's own thread, always the same object; the first submission is that thread's start. */
    private volatile @Nullable Runnable own;

    RequestThread(Route route, Loop loop, Executor defaultScheduler) {
        this.route = route;
        this.loop = loop;
        this.defaultScheduler = defaultScheduler;
    }

    @Override
    public void execute(Runnable continuation) {
        if (own == null) {
            own = continuation;
        }
        if (!continuation.equals(own)) {
            // A virtual thread that the request has started: it inherits the scheduler of the thread that started it.
            defaultScheduler.execute(continuation);
        } else if (route.onLoop() && turns < MOST_LOOP_TURNS && !unblocked()) {
            loop.run(this, continuation);
        } else {
            runElsewhere(continuation);
        }
    }

    /**
     * Whether the thread goes on because it got a monitor that it waited for. It may hold another one, which the I/O thread may be waiting
     * for at this moment; so it must not wait for the I/O thread.
     */
    private static boolean unblocked() {
        return Thread.currentThread().getName().equals(UNBLOCKER);
    }

    void runElsewhere(Runnable continuation) {
        defaultScheduler.execute(() -> burstElsewhere(continuation));
    }

    void burstOnLoop(Runnable continuation, CpuMeter cpu) {
        long start = System.nanoTime();
        cpu.mark(start);
        continuation.run();
        route.ranOnLoop(System.nanoTime() - start, cpu);
        turns++;
    }

    private void burstElsewhere(Runnable continuation) {
        long start = CpuMeter.now();
        continuation.run();
        route.ranElsewhere(CpuMeter.now() - start);
    }
}
