package dev.narwhal.undertow.accept;

import java.io.IOException;
import org.xnio.StreamConnection;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Stops to look for data on a connection only when data comes that nobody wants. Undertow suspends reads at the beginning of each request and
 * resumes them at its end; when both happen on different threads each costs a system call, and hardly any client sends more before it has
 * the answer.
 */
final class LazySuspend extends AbstractStreamSourceConduit<StreamSourceConduit> implements ReadReadyHandler {

    private volatile ReadReadyHandler listeners;
    private volatile boolean wanted;

    private LazySuspend(StreamSourceConduit next, ReadReadyHandler listeners) {
        super(next);
        this.listeners = listeners;
        next.setReadReadyHandler(this);
    }

    /** Puts the conduit below everything else on a connection. */
    static void install(StreamConnection connection) {
        var source = connection.getSourceChannel();
        source.setConduit(new LazySuspend(source.getConduit(), new ReadReadyHandler.ChannelListenerHandler<>(source)));
    }

    @Override
    public void setReadReadyHandler(ReadReadyHandler handler) {
        listeners = handler;
    }

    @Override
    public void suspendReads() {
        wanted = false;
    }

    @Override
    public void resumeReads() {
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
