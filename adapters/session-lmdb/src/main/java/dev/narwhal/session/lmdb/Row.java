package dev.narwhal.session.lmdb;

import dev.narwhal.worker.session.Serialized;
import dev.narwhal.worker.session.SessionStore.StoredAttribute;
import dev.narwhal.worker.session.Times;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What the table of sessions has of one.
 *
 * @param context what stands for its context
 * @param indexed the time under which the table of expiries has it; {@link #NOT_INDEXED} if it has not. Never later than the
 *     true expiry, which moves with each request while the entry waits until it is looked at
 */
record Row(long context, long version, Times times, long indexed, String id) {

    static final long NOT_INDEXED = Long.MAX_VALUE;

    private static final int FIXED_BYTES = 6 * Long.BYTES + Integer.BYTES;

    static Row read(ByteBuffer in) {
        long context = in.getLong();
        long version = in.getLong();
        var times = new Times(in.getLong(), in.getLong(), in.getLong(), in.getInt());
        long indexed = in.getLong();
        var id = new byte[in.remaining()];
        in.get(id);
        return new Row(context, version, times, indexed, new String(id, StandardCharsets.US_ASCII));
    }

    byte[] bytes() {
        var text = id.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(FIXED_BYTES + text.length)
                .putLong(context)
                .putLong(version)
                .putLong(times.created())
                .putLong(times.accessed())
                .putLong(times.touched())
                .putInt(times.maxInactive())
                .putLong(indexed)
                .put(text)
                .array();
    }

    /** An attribute as its table has it: version, length of the name, name, value. */
    static byte[] attribute(long version, byte[] name, Serialized value) {
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + name.length + value.length())
                .putLong(version)
                .putInt(name.length)
                .put(name)
                .put(value.bytes())
                .array();
    }

    static StoredAttribute readAttribute(ByteBuffer in, ToLongFunction<String> known) {
        long version = in.getLong();
        var name = new byte[in.getInt()];
        in.get(name);
        var text = new String(name, StandardCharsets.UTF_8);
        if (known.applyAsLong(text) == version) {
            return new StoredAttribute(text, version, Optional.empty());
        }
        var value = new byte[in.remaining()];
        in.get(value);
        return new StoredAttribute(text, version, Optional.of(Serialized.of(value)));
    }
}
