package dev.narwhal.undertow.watch;

/** A thread that is in a request, from when it comes in until it goes out. */
final class Run {

    private final Watched request;
    private final Thread thread = Thread.currentThread();
    private final long since;

    private boolean over; // guarded by this
    private boolean interrupted; // guarded by this

    // Only touched by the watching thread.
    private long interruptedAt;
    private boolean slow;
    private boolean stuck;

    /** @param since by the clock of {@link RequestWatch} */
    Run(Watched request, long since) {
        this.request = request;
        this.since = since;
    }

    Watched request() {
        return request;
    }

    boolean isOn(Thread other) {
        return thread.equals(other);
    }

    long age(long now) {
        return now - since;
    }

    /** Returns true the first time. */
    boolean becameSlow() {
        boolean first = !slow;
        slow = true;
        return first;
    }

    /** Returns true the first time. */
    boolean becameStuck() {
        boolean first = !stuck;
        stuck = true;
        return first;
    }

    /** How long ago the thread was interrupted; negative if it was not. */
    long sinceInterrupt(long now) {
        return interruptedAt == 0 ? -1 : now - interruptedAt;
    }

    /** Interrupts the thread, unless it has just gone out. */
    synchronized void interrupt(long now) {
        interruptedAt = now;
        if (!over) {
            interrupted = true;
            thread.interrupt();
        }
    }

    /** The thread goes out, and takes no interrupt along that was meant for this request. */
    synchronized void end() {
        over = true;
        if (interrupted) {
            Thread.interrupted();
        }
    }

    synchronized boolean isOver() {
        return over;
    }

    /** The thread's name and where it is, down to where the application begins. */
    String whereabouts() {
        return whereabouts(thread);
    }

    static String whereabouts(Thread thread) {
        var text = new StringBuilder(thread.getName().isEmpty() ? "thread " + thread.threadId() : thread.getName());
        text.append(", which is ");
        text.append(thread.getState());
        for (var frame : thread.getStackTrace()) {
            if (frame.getClassName().startsWith("io.undertow.servlet.handlers.")) {
                break;
            }
            text.append("\n\tat ").append(frame);
        }
        return text.toString();
    }
}
