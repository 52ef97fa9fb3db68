package dev.narwhal.master.listen;

import dev.narwhal.master.config.Bind;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** How addresses are written. */
final class Addresses {

    private Addresses() {}

    /** {@code host:port}, an IPv6 address in brackets. */
    static String text(String host, int port) {
        return (host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Where a browser on this machine finds it: an address that stands for all is reached through the loopback one. */
    static URI url(Bind bind, InetSocketAddress bound) {
        var address = bound.getAddress();
        var reachable = address.isAnyLocalAddress()
                ? loopback(address)
                : bind.descriptor().isPresent() ? address.getHostAddress() : bind.host();
        return URI.create((bind.tls() ? "https://" : "http://") + text(reachable, bound.getPort()) + "/");
    }

    private static String loopback(InetAddress address) {
        return address instanceof Inet6Address ? "::1" : "127.0.0.1";
    }
}
