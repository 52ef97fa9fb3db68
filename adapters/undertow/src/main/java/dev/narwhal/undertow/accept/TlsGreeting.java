package dev.narwhal.undertow.accept;

import dev.narwhal.contract.WorkerSpec.ClientCertificates;
import io.undertow.connector.ByteBufferPool;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLContext;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/**
 * A TLS handshake, and encryption from then on. Reads and writes never block; what takes time in a handshake, signatures and key exchanges,
 * is done by threads of its own, so that neither the I/O thread nor, under {@code sync}, the one request stands still for it.
 */
public final class TlsGreeting implements Greeting, AutoCloseable {

    /** A record of TLS with all that may be around it. */
    private static final int RECORD_BYTES = 17 * 1024;

    /**
     * Runs the tasks of one connection's handshake, and none of another on the same connection: the client would have to be waited for in the middle
     * of a request, and under {@code sync} nobody but the thread that waits could go on with it. A refusal ends the connection.
     */
    private static final class FirstHandshake implements Executor {

        private final Executor threads;
        private volatile boolean over;

        private FirstHandshake(Executor threads) {
            this.threads = threads;
        }

        @Override
        public void execute(Runnable task) {
            if (over) {
                throw new RejectedExecutionException("a client must not renegotiate");
            }
            threads.execute(task);
        }
    }

    private final ExecutorService handshakes;
    private final ByteBufferPool buffers = new BufferPool(RECORD_BYTES);
    private final Xnio xnio;
    private final SSLContext context;
    private final OptionMap options;

    public TlsGreeting(XnioWorker worker, SSLContext context, ClientCertificates clients) {
        handshakes = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().name("tls-", 1).daemon(true).factory());
        this.xnio = worker.getXnio();
        this.context = context;
        options = OptionMap.create(
                Options.SSL_CLIENT_AUTH_MODE,
                switch (clients) {
                    case NONE -> SslClientAuthMode.NOT_REQUESTED;
                    case OPTIONAL -> SslClientAuthMode.REQUESTED;
                    case REQUIRED -> SslClientAuthMode.REQUIRED;
                });
    }

    @Override
    public StreamConnection over(StreamConnection accepted, Runnable greeted) {
        var handshake = new FirstHandshake(handshakes);
        var connection = new UndertowXnioSsl(xnio, OptionMap.EMPTY, buffers, context, handshake)
                .wrapExistingConnection(accepted, options, false);
        connection.getHandshakeSetter().set(_ -> {
            handshake.over = true;
            greeted.run();
        });
        return connection;
    }

    @Override
    public void close() {
        handshakes.shutdownNow();
        buffers.close();
    }
}
