package dev.narwhal.master.listen;

import dev.narwhal.master.config.Bind;
import dev.narwhal.master.posix.PosixException;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An address cannot be listened on; the message is a sentence for the operator, with what to do. */
public final class ListenException extends IOException {

    private static final long serialVersionUID = 1;

    private ListenException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static ListenException unknownHost(Bind bind, IOException cause) {
        return new ListenException(
                "binding %s: the host name '%s' has no address. Use a literal address such as 127.0.0.1 or 0.0.0.0."
                        .formatted(Addresses.text(bind.host(), bind.port()), bind.host()),
                cause);
    }

    static ListenException noListener(Bind bind, int number, String found) {
        return new ListenException(
                "taking over %s: file descriptor %d is %s. Give the number of a TCP socket that listens; systemd passes them from 3 on."
                        .formatted(bind, number, found),
                null);
    }

    static ListenException refused(Bind bind, PosixException cause) {
        return new ListenException(
                "binding %s: %s (%s). %s"
                        .formatted(
                                bind.descriptor().isPresent()
                                        ? bind.toString()
                                        : Addresses.text(bind.host(), bind.port()),
                                cause.text().toLowerCase(Locale.ROOT),
                                cause.errno(),
                                remedy(bind.port(), cause.errno())),
                cause);
    }

    /** What the operator can do about that error. */
    static String remedy(int port, String errno) {
        return switch (errno) {
            case "EADDRINUSE" ->
                "See who listens there with: ss -ltnp 'sport = :%d'; stop that, or choose another --bind."
                        .formatted(port);
            case "EACCES", "EPERM" ->
                port > 0 && port < 1024
                        ? "Ports below 1024 need the capability CAP_NET_BIND_SERVICE; grant it, or choose a --bind with port 1024 or above."
                        : "A security policy of this machine forbids it; choose another --bind.";
            case "EADDRNOTAVAIL" ->
                "It is not an address of this machine, see: ip address; use one that is, or 0.0.0.0 for all.";
            case "EAFNOSUPPORT" ->
                "This machine has no such address family, often IPv6 switched off; use an IPv4 address such as 127.0.0.1.";
            case "EMFILE", "ENFILE" -> "Too many files are open; raise the limit, see: ulimit -n.";
            default -> "Choose another --bind.";
        };
    }
}
