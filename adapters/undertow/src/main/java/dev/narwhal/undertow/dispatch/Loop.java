package dev.narwhal.undertow.dispatch;

import java.util.ArrayDeque;
import org.xnio.XnioIoThread;

/** Runs continuations of virtual threads on the I/O thread, one after the other and never one inside another. */
final class Loop {

    private record Burst(RequestThread request, Runnable continuation) {}

    private final XnioIoThread ioThread;

    // Only touched on the I/O thread.
    private final ArrayDeque<Burst> due = new ArrayDeque<>();
    private final CpuMeter cpu = new CpuMeter();
    private boolean running;

    Loop(XnioIoThread ioThread) {
        this.ioThread = ioThread;
    }

    /** Runs a continuation at once when called on the I/O thread, otherwise as soon as the I/O thread comes to it. */
    void run(RequestThread request, Runnable continuation) {
        if (ioThread.equals(Thread.currentThread())) {
            runHere(request, continuation);
        } else {
            ioThread.execute(() -> runHere(request, continuation));
        }
    }

    private void runHere(RequestThread request, Runnable continuation) {
        if (running) {
            due.add(new Burst(request, continuation));
            return;
        }
        running = true;
        try {
            request.burstOnLoop(continuation, cpu);
            for (var next = due.poll(); next != null; next = due.poll()) {
                next.request().burstOnLoop(next.continuation(), cpu);
            }
        } finally {
            running = false;
        }
    }
}
