package dev.narwhal.worker.session;

import java.io.IOException;

/** Turns the values of attributes into bytes and back. */
public interface Marshaller {

    /**
     * Serializes a value.
     *
     * @throws IOException also for a value that cannot be serialized: {@link java.io.NotSerializableException}, with the class
     */
    Serialized write(String attribute, Object value) throws IOException;

    /**
     * Deserializes a value.
     *
     * @throws IOException also for bytes that are refused: {@link java.io.InvalidClassException}
     */
    Object read(String attribute, Serialized value) throws IOException, ClassNotFoundException;
}
