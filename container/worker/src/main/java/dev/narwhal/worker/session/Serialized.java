package dev.narwhal.worker.session;

import java.util.Arrays;

/** The bytes of an attribute's value. Nobody changes them. */
public final class Serialized {

    private final byte[] bytes;

    private Serialized(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes the array over. */
    public static Serialized of(byte[] bytes) {
        return new Serialized(bytes);
    }

    /** Not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Serialized that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
