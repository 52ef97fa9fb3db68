package dev.narwhal.master.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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

    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    private static final int SOL_SOCKET = 1;
    private static final int SO_TYPE = 3;
    private static final int SO_ACCEPTCONN = 30;
    private static final int SO_DOMAIN = 39;

    private static final Libc.Function GETSOCKOPT = Libc.function("getsockopt");
    // Of a socket that listens, the field that otherwise counts what is not acknowledged is the length of its queue.
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_INFO = 11;
    private static final int TCP_INFO_BYTES = 104;
    private static final int UNACKED = 24;

    private static final Libc.Function SOCKET = Libc.function("socket");
    private static final Libc.Function SETSOCKOPT = Libc.function("setsockopt");
    private static final Libc.Function BIND = Libc.function("bind");
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
     * Takes over one that listens; connections that wait in its queue stay there, and it is as it was.
     *
     * @throws PosixException when a step fails; the socket is still open then
     */
    public static ListeningSocket adopt(Fd fd) throws PosixException {
        try (var arena = Arena.ofConfined()) {
            return new ListeningSocket(fd, address(arena, fd.number()));
        }
    }

    /**
     * Changes what can be changed while it listens.
     *
     * @param backlog as in {@link #open}
     */
    public void backlog(int backlog) throws PosixException {
        Libc.call(LISTEN, fd.number(), backlog);
    }

    /** Switches {@link Option#DEFER_ACCEPT} on or off. */
    public void deferAccept(boolean on) throws PosixException {
        try (var arena = Arena.ofConfined()) {
            set(arena, fd.number(), Option.DEFER_ACCEPT, on ? 1 : 0);
        }
    }

    /** What a descriptor of this process is, if it is no TCP socket that listens: {@code a pipe}. */
    public static Optional<String> otherwise(int number) {
        String file;
        try {
            file = Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(number)))
                    .toString();
        } catch (IOException e) {
            return Optional.of("nothing that is open");
        }
        if (!file.startsWith("socket:")) {
            return Optional.of(file.startsWith("pipe:") ? "a pipe" : "the file " + file);
        }
        try {
            int domain = get(number, SO_DOMAIN);
            if (domain != SocketAddresses.AF_INET && domain != SocketAddresses.AF_INET6) {
                return Optional.of(domain == AF_UNIX ? "a Unix socket" : "a socket of address family " + domain);
            }
            if (get(number, SO_TYPE) != SOCK_STREAM) {
                return Optional.of("a UDP socket");
            }
            return get(number, SO_ACCEPTCONN) == 1
                    ? Optional.empty()
                    : Optional.of("a TCP socket that does not listen");
        } catch (PosixException e) {
            return Optional.of("a socket that tells nothing of itself: " + e.getMessage());
        }
    }

    private static int get(int number, int option) throws PosixException {
        try (var arena = Arena.ofConfined()) {
            var value = arena.allocate(JAVA_INT);
            var length = arena.allocateFrom(JAVA_INT, (int) value.byteSize());
            Libc.call(GETSOCKOPT, number, SOL_SOCKET, option, value.address(), length.address());
            return value.get(JAVA_INT, 0);
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
