package dev.narwhal.worker.feature;

import java.util.OptionalLong;

/**
 * Tells who holds on to an HTTP session beyond a request, such as a WebSocket, whether the session is still there: another worker may have ended it.
 * The engine leaves one as an attribute of the servlet context. Any thread but an I/O thread.
 */
public interface HeldSessions {

    /** The attribute's name. */
    String ATTRIBUTE = "dev.narwhal.sessions";

    /** What a session keeps for its whole life, while its id may change; empty when there is no session with that id. */
    OptionalLong number(String id);

    /** Whether the session with that number is still there. Asking does not keep it alive. */
    boolean contains(long number);
}
