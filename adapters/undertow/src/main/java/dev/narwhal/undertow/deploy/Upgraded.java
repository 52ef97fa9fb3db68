package dev.narwhal.undertow.deploy;

import io.undertow.servlet.api.InstanceHandle;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.Arrays;

/**
 * A handler of another protocol whose streams are always ready as long as nobody listens, as reading and writing buffers wants it (Servlet 6.1), and
 * write no more than what they are told; Undertow's, with a listener, write the whole array.
 */
record Upgraded(InstanceHandle<? extends HttpUpgradeHandler> handle, ClassLoader application)
        implements HttpUpgradeHandler, InstanceHandle<HttpUpgradeHandler> {

    @Override
    public void init(WebConnection connection) {
        try {
            handle.getInstance()
                    .init(new Connection(
                            connection,
                            new BlockingInput(connection.getInputStream()),
                            new Output(connection.getOutputStream())));
        } catch (IOException e) {
            throw new IllegalStateException("beginning an upgraded connection: it has no streams", e);
        }
    }

    /** With the class loader of the application, of which Undertow does not think here. */
    @Override
    public void destroy() {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(application);
        try {
            handle.getInstance().destroy();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public HttpUpgradeHandler getInstance() {
        return this;
    }

    @Override
    public void release() {
        handle.release();
    }

    @SuppressWarnings("try") // it may be interrupted, as any that closes what it likes
    private record Connection(WebConnection connection, ServletInputStream input, ServletOutputStream output)
            implements WebConnection {

        @Override
        public ServletInputStream getInputStream() {
            return input;
        }

        @Override
        public ServletOutputStream getOutputStream() {
            return output;
        }

        @Override
        public void close() throws Exception {
            connection.close();
        }
    }

    private static final class Output extends ServletOutputStream {

        private final ServletOutputStream stream;
        private volatile boolean blocking = true;

        private Output(ServletOutputStream stream) {
            this.stream = stream;
        }

        @Override
        public boolean isReady() {
            return blocking || stream.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            stream.setWriteListener(listener);
            blocking = false;
        }

        @Override
        public void write(int b) throws IOException {
            stream.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            boolean whole = offset == 0 && length == bytes.length;
            stream.write(whole ? bytes : Arrays.copyOfRange(bytes, offset, offset + length));
        }

        @Override
        public void flush() throws IOException {
            stream.flush();
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
