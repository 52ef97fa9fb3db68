package dev.narwhal.undertow.accept;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Stops to look for data on a connection only when data comes that nobody wants. Undertow suspends reads at the beginning of each request and
 * resumes them at its end; when both happen on different threads each costs a system call, and hardly any client sends more before it has
 * the answer.
 *
 * <p>While a thread of a request finishes with it, Undertow has that connection marked, and whoever comes for the next request meanwhile spins until the
 * mark is gone: for as long as that thread has no processor, which it loses to the very I/O thread that it wakes. So it wakes it afterwards.
 */
final class LazySuspend extends AbstractStreamSourceConduit<StreamSourceConduit> implements ReadReadyHandler {

    private volatile ReadReadyHandler listeners;
    private volatile boolean wanted;
    /** Whose wish to look for data is put off. */
    private volatile @Nullable Thread finishing;
    /** Whether it had that wish. Only for that thread. */
    private boolean putOff;

    /** How long a thread waits for data, in nanoseconds; 0 for as long as it takes. */
    private volatile long patience;

    /** Written by whoever reads, one thread at a time; others may see an old value. */
    private long reads;

    private LazySuspend(StreamSourceConduit next, ReadReadyHandler listeners) {
        super(next);
        this.listeners = listeners;
        next.setReadReadyHandler(this);
    }

    /** Puts the conduit below everything else on a connection. */
    static LazySuspend install(StreamConnection connection) {
        var source = connection.getSourceChannel();
        var conduit = new LazySuspend(source.getConduit(), new ReadReadyHandler.ChannelListenerHandler<>(source));
        source.setConduit(conduit);
        return conduit;
    }

    /** How often something has come. */
    long reads() {
        return reads;
    }

    /** How long a thread may wait for data, until it is told otherwise; no time for as long as it takes. */
    void patience(Duration limit) {
        patience = limit.toNanos();
    }

    @Override
    public void awaitReadable() throws IOException {
        long limit = patience;
        if (limit == 0) {
            next.awaitReadable();
            return;
        }
        long begin = System.nanoTime();
        next.awaitReadable(limit, TimeUnit.NANOSECONDS);
        if (System.nanoTime() - begin >= limit) {
            throw new SocketTimeoutException("waiting for the rest of a body that nobody reads: nothing has come for "
                    + TimeUnit.NANOSECONDS.toSeconds(limit) + " s");
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count = next.read(target);
        if (count > 0) {
            reads++;
        }
        return count;
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        long count = next.read(targets, offset, length);
        if (count > 0) {
            reads++;
        }
        return count;
    }

    @Override
    public void setReadReadyHandler(ReadReadyHandler handler) {
        listeners = handler;
    }

    @Override
    public void suspendReads() {
        if (Thread.currentThread().equals(finishing)) {
            putOff = false;
        }
        wanted = false;
    }

    /** Runs what ends a request; the I/O thread is let in when that has returned. */
    void finish(Runnable ending) {
        finishing = Thread.currentThread();
        try {
            ending.run();
        } finally {
            finishing = null;
            if (putOff) {
                putOff = false;
                resumeReads();
            }
        }
    }

    @Override
    public void resumeReads() {
        if (Thread.currentThread().equals(finishing)) {
            putOff = true;
            return;
        }
        wanted = true;
        next.resumeReads(); // without effect, and without a system call, unless readReady suspended them
    }

    @Override
    public void wakeupReads() {
        wanted = true;
        next.wakeupReads();
    }

    @Override
    public boolean isReadResumed() {
        return wanted;
    }

    @Override
    public void readReady() {
        if (wanted) {
            listeners.readReady();
            return;
        }
        next.suspendReads();
        if (wanted) {
            next.resumeReads(); // resumed between the two lines above, perhaps before they took effect
        }
    }

    @Override
    public void terminateReads() throws IOException {
        wanted = false;
        super.terminateReads();
    }

    @Override
    public void forceTermination() {
        listeners.forceTermination();
    }

    @Override
    public void terminated() {
        listeners.terminated();
    }
}
