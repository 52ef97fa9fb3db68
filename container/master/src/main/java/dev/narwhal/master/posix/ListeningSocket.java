package dev.narwhal.master.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.Closeable;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.util.Set;

/** A TCP socket that listens, blocking, close-on-exec, to be inherited by children that accept on it. */
public record ListeningSocket(Fd fd, InetSocketAddress address) implements Closeable {

    /** What can be set before the socket is bound. */
    public enum Option {
        /** Bind although connections of an earlier listener still linger. */
        REUSE_ADDRESS(1, 2),
        /** Let several sockets listen on the same address, each with an accept queue of its own. */
        REUSE_PORT(1, 15),
        /** Leave the IPv4 port of the same number alone. */
        IPV6_ONLY(41, 26),
        /** Show a connection to {@code accept} only when its first bytes have come, for at most a second. */
        DEFER_ACCEPT(6, 9);

        private final int level;
        private final int name;

        Option(int level, int name) {
            this.level = level;
            this.name = name;
        }
    }

    private static final int SOCK_STREAM_CLOEXEC = 1 | 0x80000;

    // Of a socket that listens, the field that otherwise counts what is not acknowledged is the length of its queue.
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_INFO = 11;
    private static final int TCP_INFO_BYTES = 104;
    private static final int UNACKED = 24;

    private static final Libc.Function SOCKET = Libc.function("socket");
    private static final Libc.Function SETSOCKOPT = Libc.function("setsockopt");
    private static final Libc.Function BIND = Libc.function("bind");
    private static final Libc.Function GETSOCKOPT = Libc.function("getsockopt");
    private static final Libc.Function LISTEN = Libc.function("listen");
    private static final Libc.Function GETSOCKNAME = Libc.function("getsockname");

    /**
     * Opens, binds and listens.
     *
     * @param address resolved; with port 0 the kernel chooses, and {@link #address()} has what it chose
     * @param backlog how many connections may wait for {@code accept}; the kernel caps it at {@code net.core.somaxconn}
     * @throws PosixException when a step fails; the socket is closed again
     */
    public static ListeningSocket open(InetSocketAddress address, Set<Option> options, int backlog)
            throws PosixException {
        int family = SocketAddresses.family(address.getAddress());
        var fd = Fd.owning(Libc.call(SOCKET, family, SOCK_STREAM_CLOEXEC, 0));
        try (var arena = Arena.ofConfined()) {
            int number = fd.number();
            for (var option : options) {
                set(arena, number, option, 1);
            }
            var wanted = SocketAddresses.encode(arena, address);
            Libc.call(BIND, number, wanted.address(), wanted.byteSize());
            Libc.call(LISTEN, number, backlog);
            return new ListeningSocket(fd, address(arena, number));
        } catch (PosixException e) {
            fd.close();
            throw e;
        }
    }

    /**
     * Takes over one that another process has opened; connections that wait in its queue stay there.
     *
     * @param deferAccept whether {@link Option#DEFER_ACCEPT} is to be set or not
     * @param backlog as in {@link #open}
     * @throws PosixException when a step fails; the socket is still open then
     */
    public static ListeningSocket adopt(Fd fd, boolean deferAccept, int backlog) throws PosixException {
        try (var arena = Arena.ofConfined()) {
            int number = fd.number();
            set(arena, number, Option.DEFER_ACCEPT, deferAccept ? 1 : 0);
            Libc.call(LISTEN, number, backlog); // of one that listens it changes the length of the queue
            return new ListeningSocket(fd, address(arena, number));
        }
    }

    /** How many connections wait in its queue; 0 when the kernel does not say. */
    public static int queued(Fd fd) {
        try (var arena = Arena.ofConfined()) {
            var info = arena.allocate(TCP_INFO_BYTES, JAVA_INT.byteAlignment());
            var length = arena.allocateFrom(JAVA_INT, TCP_INFO_BYTES);
            Libc.call(GETSOCKOPT, fd.number(), IPPROTO_TCP, TCP_INFO, info.address(), length.address());
            return info.get(JAVA_INT, UNACKED);
        } catch (PosixException _) {
            return 0;
        }
    }

    private static void set(Arena arena, int number, Option option, int value) throws PosixException {
        var memory = arena.allocateFrom(JAVA_INT, value);
        Libc.call(SETSOCKOPT, number, option.level, option.name, memory.address(), memory.byteSize());
    }

    private static InetSocketAddress address(Arena arena, int number) throws PosixException {
        var bound = arena.allocate(SocketAddresses.MAX_BYTES, JAVA_INT.byteAlignment());
        var length = arena.allocateFrom(JAVA_INT, SocketAddresses.MAX_BYTES);
        Libc.call(GETSOCKNAME, number, bound.address(), length.address());
        return SocketAddresses.decode(bound);
    }

    @Override
    public void close() {
        fd.close();
    }
}
