package dev.narwhal.undertow.accept;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.StreamSourceConduit;
import org.xnio.conduits.WriteReadyHandler;

/**
 * Lets a virtual thread that reads or writes a connection park until the I/O thread finds the connection ready. XNIO itself would block the
 * carrier thread in a selector, and with it the event loop.
 */
final class ParkingConduits {

    private ParkingConduits() {}

    /** Puts parking conduits below everything else on a connection. */
    static void install(StreamConnection connection) {
        var source = connection.getSourceChannel();
        source.setConduit(new Source(source.getConduit(), new ReadReadyHandler.ChannelListenerHandler<>(source)));
        var sink = connection.getSinkChannel();
        sink.setConduit(new Sink(sink.getConduit(), new WriteReadyHandler.ChannelListenerHandler<>(sink)));
    }

    /** The thread that waits for one direction of a connection; there is at most one. */
    private static final class Waiter {

        private volatile @Nullable Thread thread;

        /** Wakes whoever waits. Returns whether anybody did. */
        boolean wake() {
            var waiting = thread;
            if (waiting == null) {
                return false;
            }
            thread = null;
            LockSupport.unpark(waiting);
            return true;
        }

        /**
         * Parks the current thread.
         *
         * @param resume asks the I/O thread to look out for readiness
         * @param nanos how long at most; 0 for as long as it takes
         */
        void await(Runnable resume, long nanos) throws InterruptedIOException {
            long deadline = System.nanoTime() + nanos;
            thread = Thread.currentThread();
            resume.run();
            while (thread != null) {
                if (nanos == 0) {
                    LockSupport.park(this);
                } else {
                    long left = deadline - System.nanoTime();
                    if (left <= 0) {
                        thread = null;
                        return;
                    }
                    LockSupport.parkNanos(this, left);
                }
                if (Thread.currentThread().isInterrupted()) {
                    thread = null;
                    throw new InterruptedIOException("waiting for a client's connection: interrupted");
                }
            }
        }
    }

    private static final class Source extends AbstractStreamSourceConduit<StreamSourceConduit>
            implements ReadReadyHandler {

        private volatile ReadReadyHandler listeners;
        private final Waiter waiter = new Waiter();

        Source(StreamSourceConduit next, ReadReadyHandler listeners) {
            super(next);
            this.listeners = listeners;
            next.setReadReadyHandler(this);
        }

        @Override
        public void setReadReadyHandler(ReadReadyHandler handler) {
            listeners = handler;
        }

        @Override
        public void awaitReadable() throws IOException {
            awaitReadable(0, TimeUnit.NANOSECONDS);
        }

        @Override
        public void awaitReadable(long time, TimeUnit unit) throws IOException {
            if (!Thread.currentThread().isVirtual()) {
                if (time == 0) {
                    next.awaitReadable();
                } else {
                    next.awaitReadable(time, unit);
                }
            } else if (!next.isReadShutdown()) {
                waiter.await(next::resumeReads, unit.toNanos(time));
            }
        }

        @Override
        public void readReady() {
            if (waiter.thread == null) {
                listeners.readReady();
            } else {
                next.suspendReads();
                waiter.wake();
            }
        }

        @Override
        public void forceTermination() {
            waiter.wake();
            listeners.forceTermination();
        }

        @Override
        public void terminated() {
            waiter.wake();
            listeners.terminated();
        }
    }

    private static final class Sink extends AbstractStreamSinkConduit<StreamSinkConduit> implements WriteReadyHandler {

        private volatile WriteReadyHandler listeners;
        private final Waiter waiter = new Waiter();

        Sink(StreamSinkConduit next, WriteReadyHandler listeners) {
            super(next);
            this.listeners = listeners;
            next.setWriteReadyHandler(this);
        }

        @Override
        public void setWriteReadyHandler(WriteReadyHandler handler) {
            listeners = handler;
        }

        @Override
        public void awaitWritable() throws IOException {
            awaitWritable(0, TimeUnit.NANOSECONDS);
        }

        @Override
        public void awaitWritable(long time, TimeUnit unit) throws IOException {
            if (!Thread.currentThread().isVirtual()) {
                if (time == 0) {
                    next.awaitWritable();
                } else {
                    next.awaitWritable(time, unit);
                }
            } else if (!next.isWriteShutdown()) {
                waiter.await(next::resumeWrites, unit.toNanos(time));
            }
        }

        @Override
        public void writeReady() {
            if (waiter.thread == null) {
                listeners.writeReady();
            } else {
                next.suspendWrites();
                waiter.wake();
            }
        }

        @Override
        public void forceTermination() {
            waiter.wake();
            listeners.forceTermination();
        }

        @Override
        public void terminated() {
            waiter.wake();
            listeners.terminated();
        }
    }
}
