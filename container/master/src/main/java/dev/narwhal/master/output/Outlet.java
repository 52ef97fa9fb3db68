package dev.narwhal.master.output;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream that this process writes to by a thread of its own: a terminal that is held, or a log collector that hangs, stops neither the arbiter nor, for
 * longer than a moment, a worker. Whole lines only. What nobody takes is lost and counted.
 */
public final class Outlet {

    public static final Outlet STANDARD_OUTPUT =
            new Outlet("standard output", new FileOutputStream(FileDescriptor.out));
    public static final Outlet STANDARD_ERROR = new Outlet("standard error", new FileOutputStream(FileDescriptor.err));

    private static final Logger log = LoggerFactory.getLogger(Outlet.class);

    /** So much of workers' lines waits before workers do. */
    private static final int SHARED_BYTES = 256 << 10;

    /** The master's own lines have room beyond that. */
    private static final int MOST_BYTES = 2 << 20;

    /** A pipe takes so much at once or not at all (PIPE_BUF), so lines of other processes with the same pipe do not get in between. */
    private static final int ATOMIC_BYTES = 4096;

    private final String name;
    private final OutputStream target;
    private final Duration patience;

    private ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private int inHand;
    private boolean stuck;
    private long lost;
    private boolean started;

    private Outlet(String name, OutputStream target) {
        this(name, target, Duration.ofSeconds(1));
    }

    Outlet(String name, OutputStream target, Duration patience) {
        this.name = name;
        this.target = target;
        this.patience = patience;
    }

    /** Takes lines of the master. Never waits. */
    public synchronized void put(byte[] lines) {
        if (waiting.size() + inHand > MOST_BYTES) {
            lost++;
        } else {
            append(lines);
        }
    }

    /** Takes lines of a worker, and has its reader, and so in the end the worker, wait while too many are waiting; but not for ever. */
    void offer(byte[] lines, int count) throws InterruptedException {
        synchronized (this) {
            long deadline = System.nanoTime() + patience.toNanos();
            long left = patience.toMillis();
            while (isFull() && !stuck && left > 0) {
                wait(left);
                left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            }
            if (isFull()) {
                stuck = true;
                lost += count;
            } else {
                append(lines);
            }
        }
    }

    private boolean isFull() {
        return waiting.size() + inHand >= SHARED_BYTES;
    }

    private void append(byte[] lines) {
        if (!started) {
            started = true;
            Thread.ofPlatform().daemon().name(name).start(this::run);
        }
        waiting.writeBytes(lines);
        notifyAll();
    }

    /** Returns when everything is written, or nobody takes it. */
    public synchronized void flush(Duration limit) {
        try {
            long deadline = System.nanoTime() + limit.toNanos();
            long left = limit.toMillis();
            while (waiting.size() + inHand > 0 && left > 0) {
                wait(left);
                left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                write(take());
                long missing = done();
                if (missing > 0) {
                    log.warn("writing to {}: nobody took what was printed lost-lines={}", name, missing);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized byte[] take() throws InterruptedException {
        while (waiting.size() == 0) {
            wait();
        }
        var lines = waiting.toByteArray();
        waiting = new ByteArrayOutputStream();
        inHand = lines.length;
        return lines;
    }

    private synchronized long done() {
        inHand = 0;
        stuck = false;
        long missing = lost;
        lost = 0;
        notifyAll();
        return missing;
    }

    private void write(byte[] lines) {
        try {
            for (int from = 0; from < lines.length; ) {
                int to = end(lines, from);
                target.write(lines, from, to - from);
                from = to;
            }
        } catch (IOException _) {
            // Whoever has read it is gone; there is nobody left to tell.
        }
    }

    /** Behind the last line that still fits, or behind the first one. */
    private static int end(byte[] lines, int from) {
        int end = Math.min(lines.length, from + ATOMIC_BYTES);
        if (end == lines.length) {
            return end;
        }
        for (int to = end; to > from; to--) {
            if (lines[to - 1] == '\n') {
                return to;
            }
        }
        for (int to = end; to < lines.length; to++) {
            if (lines[to] == '\n') {
                return to + 1;
            }
        }
        return lines.length;
    }
}
