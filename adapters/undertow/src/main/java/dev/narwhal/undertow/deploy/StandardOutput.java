package dev.narwhal.undertow.deploy;

import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.servlet.spec.HttpServletResponseImpl;
import io.undertow.servlet.spec.ServletOutputStreamImpl;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Undertow's stream of a response, which is always ready as long as nobody listens, as writing buffers wants it (Servlet 6.1), and tells a listener of
 * what it has thrown itself; in Undertow the former fails, and the latter is lost. What is written after {@code sendError} or {@code sendRedirect} is
 * ignored, as in Tomcat.
 */
final class StandardOutput extends ServletOutputStreamImpl {

    private static final VarHandle STREAM =
            SharedWriter.field(HttpServletResponseImpl.class, "servletOutputStream", ServletOutputStreamImpl.class);
    private static final VarHandle BUFFER_SIZE =
            SharedWriter.field(HttpServletResponseImpl.class, "bufferSize", Integer.class);

    private final HttpServletResponseImpl response;
    private volatile boolean blocking = true;

    private StandardOutput(ServletRequestContext context) {
        super(context);
        response = context.getOriginalResponse();
    }

    private StandardOutput(ServletRequestContext context, int bufferSize) {
        super(context, bufferSize);
        response = context.getOriginalResponse();
    }

    /** Takes the place of the stream that Undertow would make, unless there is one. */
    static void install(HttpServletResponseImpl response) {
        if (STREAM.get(response) == null) {
            var context = response.getExchange().getAttachment(ServletRequestContext.ATTACHMENT_KEY);
            var size = (@Nullable Integer) BUFFER_SIZE.get(response);
            STREAM.set(response, size == null ? new StandardOutput(context) : new StandardOutput(context, size));
        }
    }

    private boolean isOver() {
        return response.isTreatAsCommitted();
    }

    @Override
    public void write(int octet) throws IOException {
        if (!isOver()) {
            super.write(octet);
        }
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        if (!isOver()) {
            super.write(octets, offset, length);
        }
    }

    @Override
    public void write(ByteBuffer octets) throws IOException {
        if (isOver()) {
            octets.position(octets.limit());
        } else {
            super.write(octets);
        }
    }

    @Override
    public void flush() throws IOException {
        if (!isOver()) {
            super.flush();
        }
    }

    @Override
    public void close() throws IOException {
        if (!isOver()) {
            super.close();
        }
    }

    @Override
    public boolean isReady() {
        return blocking || super.isReady();
    }

    @Override
    public void setWriteListener(@Nullable WriteListener listener) {
        super.setWriteListener(listener == null ? null : new Guarded(listener));
        blocking = false;
    }

    private record Guarded(WriteListener listener) implements WriteListener {

        @Override
        public void onWritePossible() throws IOException {
            try {
                listener.onWritePossible();
            } catch (IOException | RuntimeException | Error e) {
                listener.onError(e);
                throw e; // the response is cut off
            }
        }

        @Override
        public void onError(Throwable failure) {
            listener.onError(failure);
        }
    }
}
