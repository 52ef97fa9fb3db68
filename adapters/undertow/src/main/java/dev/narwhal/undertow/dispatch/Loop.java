package dev.narwhal.undertow.dispatch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/**
 * Runs continuations of virtual threads on the I/O thread, one after the other and never one inside another.
 *
 * <p>A virtual thread may hold a lock while it is not mounted, and the I/O thread may need that very lock: to register interest in a
 * connection it takes monitors that request threads take too. Were the lock's owner to wait for the I/O thread, both would wait for ever. So
 * what the I/O thread does not come to within {@link #PATIENCE} is run elsewhere, whatever the reason.
 */
final class Loop implements AutoCloseable {

    private record Burst(RequestThread request, Runnable continuation) {}

    /** How long a continuation waits for the I/O thread, at least; at most twice as long. */
    private static final Duration PATIENCE = Duration.ofMillis(20);

    private final XnioIoThread ioThread;
    private final CpuMeter cpu = new CpuMeter();
    private final Queue<Burst> handedOver = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean summoned = new AtomicBoolean();
    private final Thread rescuer;

    // Only touched on the I/O thread.
    private final ArrayDeque<Burst> due = new ArrayDeque<>();
    private boolean running;

    Loop(XnioIoThread ioThread) {
        this.ioThread = ioThread;
        this.rescuer = Thread.ofPlatform().daemon(true).name("loop-rescue").unstarted(this::rescue);
        rescuer.start();
    }

    /** Runs a continuation at once when called on the I/O thread, otherwise as soon as the I/O thread comes to it. */
    void run(RequestThread request, Runnable continuation) {
        var burst = new Burst(request, continuation);
        if (ioThread.equals(Thread.currentThread())) {
            due.add(burst);
            runDue();
        } else {
            handedOver.add(burst);
            if (summoned.compareAndSet(false, true)) {
                ioThread.execute(this::takeOver);
            }
        }
    }

    private void takeOver() {
        summoned.set(false);
        for (var burst = handedOver.poll(); burst != null; burst = handedOver.poll()) {
            due.add(burst);
        }
        runDue();
    }

    private void runDue() {
        if (running) {
            return; // called by a thread that just gave up the loop; whoever runs it goes on below
        }
        running = true;
        try {
            for (var burst = due.poll(); burst != null; burst = due.poll()) {
                burst.request().burstOnLoop(burst.continuation(), cpu);
            }
        } finally {
            running = false;
        }
    }

    /** Waits for the I/O thread no longer in vain; what it does not come to stays undone. */
    @Override
    public void close() {
        rescuer.interrupt();
    }

    private void rescue() {
        @Nullable Burst oldest = null;
        while (!Thread.interrupted()) {
            try {
                Thread.sleep(PATIENCE);
            } catch (InterruptedException e) {
                return;
            }
            var first = handedOver.peek();
            if (first != null && first.equals(oldest)) {
                for (var burst = handedOver.poll(); burst != null; burst = handedOver.poll()) {
                    burst.request().runElsewhere(burst.continuation());
                }
            }
            oldest = handedOver.peek();
        }
    }
}
