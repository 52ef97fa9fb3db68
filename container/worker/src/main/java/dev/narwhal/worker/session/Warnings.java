package dev.narwhal.worker.session;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once what is wrong with an attribute, however many sessions have it. */
final class Warnings {

    private static final Logger log = LoggerFactory.getLogger(Warnings.class);
    private static final int MOST = 1000;

    private final String context;
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    Warnings(String context) {
        this.context = context;
    }

    void unreadable(String attribute, Throwable cause) {
        if (first("unreadable", attribute)) {
            log.warn(
                    "reading the session attribute '{}' of {}: {}. It is dropped from the session; this is said once for each attribute.",
                    attribute,
                    context,
                    cause.toString());
        }
    }

    void unwritable(String attribute, Object value, Throwable cause) {
        if (first("unwritable", attribute)) {
            log.warn(
                    "storing the session attribute '{}' of {}: {}. The session keeps its former value; this is said once for each attribute.",
                    attribute,
                    context,
                    LiveSession.reason(value, cause));
        }
    }

    void local(String attribute, Object value, Throwable cause) {
        if (first("local", attribute)) {
            log.warn(
                    "storing the session attribute '{}' of {}: {}. It is kept in the memory of this worker: no other worker sees it, and it is"
                            + " lost with the worker.",
                    attribute,
                    context,
                    LiveSession.reason(value, cause));
        }
    }

    private boolean first(String what, String attribute) {
        return said.size() < MOST && said.add(what + ' ' + attribute);
    }
}
