package dev.narwhal.undertow.dispatch;

import dev.narwhal.contract.WorkerSpec;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.XnioIoThread;

/** Makes the dispatcher that a worker was told to use. */
public final class Dispatchers {

    private static final Logger log = LoggerFactory.getLogger(Dispatchers.class);

    private Dispatchers() {}

    /**
     * Makes a dispatcher and starts its threads.
     *
     * @param virtualThreads empty on a JDK that does not let us schedule virtual threads; {@code sync} then runs on one pool thread, and
     *     {@code virtual} on the default scheduler only
     */
    public static Dispatcher create(WorkerSpec spec, XnioIoThread ioThread, Optional<VirtualThreads> virtualThreads) {
        if (virtualThreads.isEmpty()) {
            log.warn(
                    "this JDK cannot run virtual threads on the I/O thread; requests are handed over to other threads");
        }
        return switch (spec.dispatch()) {
            case SYNC ->
                virtualThreads
                        .<Dispatcher>map(threads -> new SyncDispatcher(ioThread, threads))
                        .orElseGet(() -> new ThreadedDispatcher(ioThread, 1));
            case THREADED -> new ThreadedDispatcher(ioThread, spec.threads());
            case VIRTUAL -> new VirtualDispatcher(ioThread, virtualThreads, spec.maxInflight());
        };
    }
}
