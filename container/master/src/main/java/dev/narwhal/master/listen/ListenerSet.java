package dev.narwhal.master.listen;

import dev.narwhal.master.config.Bind;
import dev.narwhal.master.posix.Fd;
import dev.narwhal.master.posix.ListeningSocket;
import dev.narwhal.master.posix.ListeningSocket.Option;
import dev.narwhal.master.posix.PosixException;
import java.io.Closeable;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** The sockets that narwhal listens on, in the order of the configuration. */
public record ListenerSet(List<Listener> listeners) implements Closeable {

    public ListenerSet {
        listeners = List.copyOf(listeners);
    }

    /**
     * Binds all or none. A host name is bound at the first address it has; an empty one stands for all IPv4 addresses.
     *
     * @param backlog how many connections may wait in each socket's queue
     * @param deferAccept whether a connection shows up only when its first bytes have come (or a second has passed): for workers
     *     that take one request at a time and must not be kept from others by a connection without one
     * @throws ListenException for the first that cannot be bound; those before it are closed again
     */
    public static ListenerSet bind(List<Bind> binds, int backlog, boolean deferAccept) throws ListenException {
        return bind(binds, backlog, deferAccept, List.of());
    }

    /**
     * The same, with sockets that are open already: what the configuration still asks for is taken from there, the rest is closed.
     *
     * @param open from another process; closed also on failure
     */
    public static ListenerSet bind(List<Bind> binds, int backlog, boolean deferAccept, List<OpenSocket> open)
            throws ListenException {
        var left = new ArrayList<>(open);
        var listeners = new ArrayList<Listener>();
        try {
            for (var bind : binds) {
                var found = left.stream().filter(socket -> socket.serves(bind)).findFirst();
                listeners.add(
                        found.isPresent()
                                ? adopt(bind, found.get(), backlog, deferAccept)
                                : listen(bind, backlog, deferAccept));
                found.ifPresent(left::remove);
            }
            return new ListenerSet(listeners);
        } catch (ListenException | RuntimeException e) {
            listeners.forEach(listener -> listener.fd().close());
            throw e;
        } finally {
            left.forEach(socket -> socket.fd().close());
        }
    }

    private static Listener adopt(Bind bind, OpenSocket open, int backlog, boolean deferAccept) throws ListenException {
        try {
            var socket = ListeningSocket.adopt(open.fd());
            if (bind.descriptor().isEmpty()) {
                socket.deferAccept(deferAccept);
                socket.backlog(backlog);
            } else if (deferAccept) {
                socket.deferAccept(true);
            }
            return listener(bind, socket);
        } catch (PosixException e) {
            throw ListenException.refused(bind, e);
        }
    }

    /** One that whoever started this process has opened, and configured as he wants it. */
    private static Listener inherit(Bind bind, int number, boolean deferAccept) throws ListenException {
        var other = ListeningSocket.otherwise(number);
        if (other.isPresent()) {
            throw ListenException.noListener(bind, number, other.get());
        }
        try {
            return adopt(bind, new OpenSocket(bind, Fd.inherited(number)), 0, deferAccept);
        } catch (PosixException e) {
            throw ListenException.refused(bind, e);
        }
    }

    private static Listener listen(Bind bind, int backlog, boolean deferAccept) throws ListenException {
        if (bind.descriptor().isPresent()) {
            return inherit(bind, bind.descriptor().getAsInt(), deferAccept);
        }
        var address = new InetSocketAddress(resolve(bind), bind.port());
        var options = EnumSet.of(Option.REUSE_ADDRESS);
        if (address.getAddress() instanceof Inet6Address) {
            // Otherwise [::]:8000 would take 0.0.0.0:8000 as well, or not, as a sysctl has it.
            options.add(Option.IPV6_ONLY);
        }
        if (deferAccept) {
            options.add(Option.DEFER_ACCEPT);
        }
        try {
            return listener(bind, ListeningSocket.open(address, options, backlog));
        } catch (PosixException e) {
            throw ListenException.refused(bind, e);
        }
    }

    private static Listener listener(Bind bind, ListeningSocket socket) {
        int port = socket.address().getPort();
        var host = bind.descriptor().isPresent() ? socket.address().getAddress().getHostAddress() : bind.host();
        return new Listener(
                bind, Addresses.text(host, port), bind.tls(), Addresses.url(bind, socket.address()), socket.fd());
    }

    private static InetAddress resolve(Bind bind) throws ListenException {
        try {
            return InetAddress.getByName(bind.host().isEmpty() ? "0.0.0.0" : bind.host());
        } catch (UnknownHostException e) {
            throw ListenException.unknownHost(bind, e);
        }
    }

    /** Where TLS is spoken. */
    public Optional<Integer> tlsPort() {
        return listeners.stream()
                .filter(Listener::tls)
                .map(listener -> listener.url().getPort())
                .findFirst();
    }

    /** For children to inherit. */
    public List<Fd> fds() {
        return listeners.stream().map(Listener::fd).toList();
    }

    @Override
    public void close() {
        listeners.forEach(listener -> listener.fd().close());
    }
}
