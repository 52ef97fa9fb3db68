package dev.narwhal.undertow.accept;

import org.xnio.StreamConnection;

/** What happens on a connection before its first request. On the I/O thread. */
@FunctionalInterface
public interface Greeting {

    /** Requests begin at once. */
    Greeting NONE = (accepted, greeted) -> {
        greeted.run();
        return accepted;
    };

    /**
     * Begins it, and returns at once.
     *
     * @param greeted to be called when it is over, unless the connection ends before
     * @return the connection that requests come on
     */
    StreamConnection over(StreamConnection accepted, Runnable greeted);
}
