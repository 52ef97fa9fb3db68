package dev.narwhal.session.lmdb;

import java.nio.ByteBuffer;

/** Memory outside of the heap for a key and a value on their way into LMDB. */
final class Scratch {

    private static final int FIRST_BYTES = 4096;

    private final ByteBuffer key = ByteBuffer.allocateDirect(Keys.MOST_BYTES);
    private ByteBuffer value = ByteBuffer.allocateDirect(FIRST_BYTES);

    /** Before a transaction: memory that is not there may have to be waited for. */
    void makeRoom(int bytes) {
        if (value.capacity() < bytes) {
            value = ByteBuffer.allocateDirect(Math.max(bytes, 2 * value.capacity()));
        }
    }

    int room() {
        return value.capacity();
    }

    ByteBuffer key(byte[] bytes) {
        return key.clear().put(bytes).flip();
    }

    ByteBuffer value(byte[] bytes) {
        return value.clear().put(bytes).flip();
    }
}
