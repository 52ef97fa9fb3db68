package dev.narwhal.websocket;

import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/**
 * The threads of an application that is a WebSocket client, started when it first connects. They are not the server's: a request that waits
 * for the other side's answer must not keep it from being read.
 */
final class ClientWorker implements Supplier<XnioWorker> {

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int MOST_THREADS = 16;

    private final ByteBufferPool buffers = new DefaultByteBufferPool(true, BUFFER_BYTES, -1, 0);
    private @Nullable XnioWorker worker; // guarded by this

    ByteBufferPool buffers() {
        return buffers;
    }

    @Override
    public synchronized XnioWorker get() {
        var running = worker;
        if (running == null) {
            running = Xnio.getInstance(ClientWorker.class.getClassLoader())
                    .createWorkerBuilder()
                    .setWorkerName("websocket-client")
                    .setWorkerIoThreads(1)
                    .setCoreWorkerPoolSize(1)
                    .setMaxWorkerPoolSize(MOST_THREADS)
                    .setDaemon(true)
                    .build();
            worker = running;
        }
        return running;
    }

    synchronized void close() {
        if (worker != null) {
            worker.shutdownNow();
        }
        buffers.close();
    }
}
