package dev.narwhal.undertow.accept;

import org.xnio.StreamConnection;

/** What happens on a connection before its first request. On the I/O thread. */
@FunctionalInterface
public interface Greeting {

    /** Requests begin at once. */
    Greeting NONE = accepted -> accepted;

    /** The connection that requests come on; returns at once, whatever is still to happen on it. */
    StreamConnection over(StreamConnection accepted);
}
