package dev.narwhal.worker.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The values that sessions have most, in bytes of their own: Java's serialization takes far longer for a number, and eighty bytes. The first byte tells what it is; no
 * stream of Java's begins with it.
 */
final class Plain {

    private static final byte INTEGER = 1;
    private static final byte LONG = 2;
    private static final byte FALSE = 3;
    private static final byte TRUE = 4;
    private static final byte LATIN_TEXT = 5;

    private Plain() {}

    /** Empty for what only Java's serialization can write. */
    static Optional<Serialized> write(Object value) {
        return switch (value) {
            case Integer number -> bytes(Integer.BYTES, to -> to.put(INTEGER).putInt(number));
            case Long number -> bytes(Long.BYTES, to -> to.put(LONG).putLong(number));
            case Boolean truth -> bytes(0, to -> to.put(truth ? TRUE : FALSE));
            case String text
            when isLatin(text) ->
                bytes(text.length(), to -> to.put(LATIN_TEXT).put(text.getBytes(StandardCharsets.ISO_8859_1)));
            default -> Optional.empty();
        };
    }

    private static Optional<Serialized> bytes(int length, Consumer<ByteBuffer> content) {
        var bytes = new byte[1 + length];
        content.accept(ByteBuffer.wrap(bytes));
        return Optional.of(Serialized.of(bytes));
    }

    private static boolean isLatin(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 255) {
                return false;
            }
        }
        return true;
    }

    /** Empty for what Java's serialization has written. */
    static Optional<Object> read(Serialized value) {
        var bytes = ByteBuffer.wrap(value.bytes());
        if (!bytes.hasRemaining()) {
            return Optional.empty();
        }
        return switch (bytes.get()) {
            case INTEGER -> Optional.of(bytes.getInt());
            case LONG -> Optional.of(bytes.getLong());
            case FALSE -> Optional.of(false);
            case TRUE -> Optional.of(true);
            case LATIN_TEXT ->
                Optional.of(new String(value.bytes(), 1, value.length() - 1, StandardCharsets.ISO_8859_1));
            default -> Optional.empty();
        };
    }
}
