package dev.narwhal.undertow.accept;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.DefaultByteBufferPool;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jctools.queues.MpmcArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Direct buffers in one lock-free queue for all threads. Undertow's own pool keeps a cache for each thread, which costs more than it saves
 * when every request has a thread of its own.
 *
 * <p>Buffers above the pool's capacity are left to the garbage collector.
 */
public final class BufferPool implements ByteBufferPool {

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int CAPACITY = 2048;

    private final int bufferBytes;
    private final MpmcArrayQueue<ByteBuffer> free = new MpmcArrayQueue<>(CAPACITY);
    private final ByteBufferPool onHeap;

    public BufferPool() {
        this(BUFFER_BYTES);
    }

    BufferPool(int bufferBytes) {
        this.bufferBytes = bufferBytes;
        this.onHeap = new DefaultByteBufferPool(false, bufferBytes, CAPACITY, 0);
    }

    @Override
    public PooledByteBuffer allocate() {
        var buffer = free.poll();
        return new Pooled(buffer == null ? ByteBuffer.allocateDirect(bufferBytes) : buffer.clear());
    }

    @Override
    public ByteBufferPool getArrayBackedPool() {
        return onHeap;
    }

    @Override
    public void close() {
        free.clear();
        onHeap.close();
    }

    @Override
    public int getBufferSize() {
        return bufferBytes;
    }

    @Override
    public boolean isDirect() {
        return true;
    }

    /** Given back once, even if the request's thread and the I/O thread both end a connection: else two requests would share a buffer. */
    private final class Pooled implements PooledByteBuffer {

        private final AtomicReference<@Nullable ByteBuffer> buffer;

        private Pooled(ByteBuffer buffer) {
            this.buffer = new AtomicReference<>(buffer);
        }

        @Override
        public ByteBuffer getBuffer() {
            var current = buffer.get();
            if (current == null) {
                throw new IllegalStateException("using a pooled buffer: it was given back already");
            }
            return current;
        }

        @Override
        public void close() {
            var current = buffer.getAndSet(null);
            if (current != null) {
                var _ = free.offer(current);
            }
        }

        @Override
        public boolean isOpen() {
            return buffer.get() != null;
        }
    }
}
