package dev.narwhal.session.lmdb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the entries of the tables are called. LMDB's keys have at most 511 bytes and are ordered byte by byte. */
final class Keys {

    /** Enough for every key. */
    static final int MOST_BYTES = 511;

    static final byte[] LAST_NUMBER = "last-number".getBytes(StandardCharsets.US_ASCII);

    /** There once the sessions of each context are counted. */
    static final byte[] COUNTED = "counted".getBytes(StandardCharsets.US_ASCII);

    /** No id of ours is as long. */
    private static final int MOST_ID_BYTES = 200;

    private static final int MOST_NAME_BYTES = 400;
    private static final int CONTEXT_BYTES = 8;

    /** Of a few applications. */
    private static final Map<String, Long> CONTEXTS = new ConcurrentHashMap<>();

    private Keys() {}

    /** What stands for a context path: eight bytes of its digest. */
    static long context(String path) {
        return CONTEXTS.computeIfAbsent(path, Keys::digested);
    }

    private static long digested(String path) {
        return ByteBuffer.wrap(digest(path.getBytes(StandardCharsets.UTF_8))).getLong();
    }

    /** Whether there can be a session with that id at all. */
    static boolean possible(String id) {
        if (id.isEmpty() || id.length() > MOST_ID_BYTES) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (id.charAt(i) <= ' ' || id.charAt(i) >= 127) {
                return false;
            }
        }
        return true;
    }

    static byte[] id(long context, String id) {
        var text = id.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(CONTEXT_BYTES + text.length)
                .putLong(context)
                .put(text)
                .array();
    }

    static byte[] context(long context) {
        return ByteBuffer.allocate(CONTEXT_BYTES).putLong(context).array();
    }

    /** Where the number of a context's sessions is. */
    static byte[] count(long context) {
        return ByteBuffer.allocate(1 + CONTEXT_BYTES)
                .put((byte) '#')
                .putLong(context)
                .array();
    }

    static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    /** A name that is too long is found by its digest; the value has the name. */
    static byte[] attribute(long number, byte[] name) {
        var part = name.length <= MOST_NAME_BYTES ? name : Arrays.copyOf(digest(name), 33);
        return ByteBuffer.allocate(Long.BYTES + part.length)
                .putLong(number)
                .put(part)
                .array();
    }

    static byte[] expiry(long context, long time, long number) {
        return ByteBuffer.allocate(CONTEXT_BYTES + 2 * Long.BYTES)
                .putLong(context)
                .putLong(time)
                .putLong(number)
                .array();
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
