package dev.narwhal.undertow.accept;

import dev.narwhal.contract.WorkerSpec.ClientCertificates;
import io.undertow.connector.ByteBufferPool;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;

/**
 * A TLS handshake, and encryption from then on. Reads and writes never block; what takes time in a handshake, signatures and key exchanges,
 * is done by threads of its own, so that neither the I/O thread nor, under {@code sync}, the one request stands still for it.
 */
public final class TlsGreeting implements Greeting, AutoCloseable {

    /** A record of TLS with all that may be around it. */
    private static final int RECORD_BYTES = 17 * 1024;

    private final ExecutorService handshakes;
    private final ByteBufferPool buffers = new BufferPool(RECORD_BYTES);
    private final UndertowXnioSsl tls;
    private final OptionMap options;

    public TlsGreeting(XnioWorker worker, SSLContext context, ClientCertificates clients) {
        handshakes = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().name("tls-", 1).daemon(true).factory());
        tls = new UndertowXnioSsl(worker.getXnio(), OptionMap.EMPTY, buffers, context, handshakes);
        options = OptionMap.create(
                Options.SSL_CLIENT_AUTH_MODE,
                switch (clients) {
                    case NONE -> SslClientAuthMode.NOT_REQUESTED;
                    case OPTIONAL -> SslClientAuthMode.REQUESTED;
                    case REQUIRED -> SslClientAuthMode.REQUIRED;
                });
    }

    @Override
    public StreamConnection over(StreamConnection accepted) {
        return tls.wrapExistingConnection(accepted, options, false);
    }

    @Override
    public void close() {
        handshakes.shutdownNow();
        buffers.close();
    }
}
