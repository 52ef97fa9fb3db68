package dev.narwhal.master.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;

/**
 * {@code struct sockaddr_in} and {@code sockaddr_in6}, as bytes.
 *
 * <pre>
 *   in    family:2  port:2  address:4  zero:8
 *   in6   family:2  port:2  flow:4     address:16  scope:4
 * </pre>
 */
final class SocketAddresses {

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int MAX_BYTES = 28;

    private static final int IN_BYTES = 16;
    private static final int IN_ADDRESS = 4;
    private static final int IN6_ADDRESS = 8;
    private static final int IN6_SCOPE = 24;
    private static final ValueLayout.OfShort PORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

    private SocketAddresses() {}

    static int family(InetAddress address) {
        return address instanceof Inet6Address ? AF_INET6 : AF_INET;
    }

    static MemorySegment encode(Arena arena, InetSocketAddress socketAddress) {
        var address = socketAddress.getAddress();
        var bytes = address.getAddress();
        var memory = arena.allocate(address instanceof Inet6Address ? MAX_BYTES : IN_BYTES, JAVA_INT.byteAlignment());
        memory.set(JAVA_SHORT, 0, (short) family(address));
        memory.set(PORT, 2, (short) socketAddress.getPort());
        if (address instanceof Inet6Address inet6) {
            MemorySegment.copy(bytes, 0, memory, JAVA_BYTE, IN6_ADDRESS, bytes.length);
            memory.set(JAVA_INT, IN6_SCOPE, inet6.getScopeId());
        } else {
            MemorySegment.copy(bytes, 0, memory, JAVA_BYTE, IN_ADDRESS, bytes.length);
        }
        return memory;
    }

    static InetSocketAddress decode(MemorySegment memory) {
        boolean inet6 = memory.get(JAVA_SHORT, 0) == AF_INET6;
        var bytes =
                memory.asSlice(inet6 ? IN6_ADDRESS : IN_ADDRESS, inet6 ? 16 : 4).toArray(JAVA_BYTE);
        int port = Short.toUnsignedInt(memory.get(PORT, 2));
        try {
            var address = inet6
                    ? Inet6Address.getByAddress(null, bytes, memory.get(JAVA_INT, IN6_SCOPE))
                    : InetAddress.getByAddress(bytes);
            return new InetSocketAddress(address, port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("reading a socket's address: it has " + bytes.length + " bytes", e);
        }
    }
}
