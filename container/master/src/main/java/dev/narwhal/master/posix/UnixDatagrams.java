package dev.narwhal.master.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.Closeable;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;

/** Sends datagrams to a Unix socket, which the JDK cannot. One thread. */
public final class UnixDatagrams implements Closeable {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 0x80002;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int FAMILY_BYTES = 2;
    private static final int MAX_PATH_BYTES = 108;

    private static final Libc.Function SOCKET = Libc.function("socket");
    private static final Libc.Function SENDTO = Libc.function("sendto");

    private final Fd socket;
    private final byte[] path;

    private UnixDatagrams(Fd socket, byte[] path) {
        this.socket = socket;
        this.path = path;
    }

    /**
     * Nothing is sent yet.
     *
     * @param address an absolute path, or {@code @} and a name in the abstract namespace of unix(7)
     * @throws IllegalArgumentException for anything else
     */
    public static UnixDatagrams to(String address) throws PosixException {
        var path = address.getBytes(StandardCharsets.UTF_8);
        if (!(address.startsWith("/") || address.startsWith("@")) || path.length < 2 || path.length >= MAX_PATH_BYTES) {
            throw new IllegalArgumentException("'" + address + "' is neither an absolute path nor @NAME of at most "
                    + (MAX_PATH_BYTES - 1) + " bytes");
        }
        if (path[0] == '@') {
            path[0] = 0;
        }
        return new UnixDatagrams(Fd.owning(Libc.call(SOCKET, AF_UNIX, SOCK_DGRAM_CLOEXEC, 0)), path);
    }

    public void send(String text) throws PosixException {
        try (var arena = Arena.ofConfined()) {
            // A path ends with a zero byte; a name in the abstract namespace with the length that is given.
            var to = arena.allocate(FAMILY_BYTES + MAX_PATH_BYTES, JAVA_SHORT.byteAlignment());
            to.set(JAVA_SHORT, 0, (short) AF_UNIX);
            to.asSlice(FAMILY_BYTES).asByteBuffer().put(path);
            int length = FAMILY_BYTES + path.length + (path[0] == 0 ? 0 : 1);
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            var data = arena.allocateFrom(JAVA_BYTE, bytes);
            Libc.callLong(SENDTO, socket.number(), data.address(), bytes.length, MSG_NOSIGNAL, to.address(), length);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
