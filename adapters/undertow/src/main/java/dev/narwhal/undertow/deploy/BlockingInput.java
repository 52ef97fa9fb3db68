package dev.narwhal.undertow.deploy;

import io.undertow.servlet.spec.ServletInputStreamImpl;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A request's body that is always ready as long as nobody listens, as reading it into buffers wants it (Servlet 6.1); in Undertow it fails then. A
 * listener is told of what it has thrown as it is, which Undertow wraps.
 */
final class BlockingInput extends ServletInputStream {

    private static final VarHandle LISTENER =
            SharedWriter.field(ServletInputStreamImpl.class, "listener", ReadListener.class);

    private final ServletInputStream in;

    BlockingInput(ServletInputStream in) {
        this.in = in;
    }

    @Override
    public boolean isReady() {
        return (in instanceof ServletInputStreamImpl && LISTENER.getVolatile(in) == null) || in.isReady();
    }

    @Override
    public boolean isFinished() {
        return in.isFinished();
    }

    @Override
    public void setReadListener(@Nullable ReadListener listener) {
        in.setReadListener(listener == null ? null : new Unwrapping(listener));
    }

    private static final class Unwrapping implements ReadListener {

        private final ReadListener listener;
        private @Nullable IOException thrown;

        private Unwrapping(ReadListener listener) {
            this.listener = listener;
        }

        @Override
        public void onDataAvailable() throws IOException {
            try {
                listener.onDataAvailable();
            } catch (IOException e) {
                thrown = e;
                throw e;
            }
        }

        @Override
        public void onAllDataRead() throws IOException {
            try {
                listener.onAllDataRead();
            } catch (IOException e) {
                thrown = e;
                throw e;
            }
        }

        @Override
        public void onError(Throwable failure) {
            listener.onError(thrown != null && thrown.equals(failure.getCause()) ? thrown : failure);
        }
    }

    @Override
    public int read() throws IOException {
        return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return in.read(bytes, offset, length);
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
