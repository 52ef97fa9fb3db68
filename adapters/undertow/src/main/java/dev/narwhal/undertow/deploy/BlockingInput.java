package dev.narwhal.undertow.deploy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, or what an upgraded connection reads, that is always ready as long as nobody listens, as reading it into buffers wants it (Servlet 6.1); in Undertow it fails then. A
 * listener is told of what it has thrown as it is, which Undertow wraps.
 */
final class BlockingInput extends ServletInputStream {

    private final ServletInputStream in;
    private volatile boolean blocking = true;

    BlockingInput(ServletInputStream in) {
        this.in = in;
    }

    @Override
    public boolean isReady() {
        return blocking || in.isReady();
    }

    @Override
    public boolean isFinished() {
        return in.isFinished();
    }

    @Override
    public void setReadListener(@Nullable ReadListener listener) {
        in.setReadListener(listener == null ? null : new Unwrapping(listener));
        blocking = false;
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
