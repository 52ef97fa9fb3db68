package dev.narwhal.worker.session;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a request changes in a session.
 *
 * @param attributes by name; empty for one that is removed
 * @param accessed when the request began, in milliseconds since 1970
 * @param touched now
 * @param maxInactive the new longest idle time in seconds, if it is to change
 */
public record Change(
        Map<String, Optional<Serialized>> attributes, long accessed, long touched, OptionalInt maxInactive) {

    static final Change NONE = new Change(Map.of(), 0, 0, OptionalInt.empty());

    public Change {
        attributes = Map.copyOf(attributes);
    }
}
