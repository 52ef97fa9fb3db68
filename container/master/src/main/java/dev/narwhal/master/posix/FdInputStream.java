package dev.narwhal.master.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Blocking reads of a descriptor; one thread at a time. */
final class FdInputStream extends InputStream {

    private final Fd fd;
    private final MemorySegment buffer;

    FdInputStream(Fd fd, int bufferBytes) {
        this.fd = fd;
        buffer = Arena.ofAuto().allocate(bufferBytes);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) == -1 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        int count = fd.read(buffer.asSlice(0, Math.min(length, buffer.byteSize())));
        MemorySegment.copy(buffer, JAVA_BYTE, 0, bytes, offset, count);
        return count == 0 ? -1 : count;
    }

    @Override
    public void close() {
        fd.close();
    }
}
