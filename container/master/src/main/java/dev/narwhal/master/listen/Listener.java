package dev.narwhal.master.listen;

import dev.narwhal.master.config.Bind;
import dev.narwhal.master.posix.Fd;
import dev.narwhal.master.posix.ListeningSocket;
import java.net.URI;

/**
 * A listening socket.
 *
 * @param wanted what the configuration asks for
 * @param bind the address as the operator wrote it, with the real port: {@code 127.0.0.1:8000}, {@code [::1]:8000}
 * @param tls whether connections begin with a TLS handshake
 * @param url what to open in a browser on this machine: {@code http://127.0.0.1:8000/}
 * @param fd the socket
 */
public record Listener(Bind wanted, String bind, boolean tls, URI url, Fd fd) {

    /** How many connections wait for a worker to accept them. */
    public int queued() {
        return ListeningSocket.queued(fd);
    }

    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + bind;
    }
}
