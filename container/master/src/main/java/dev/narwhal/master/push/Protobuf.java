package dev.narwhal.master.push;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A message of Protocol Buffers being written: fields by their numbers, as far as OTLP has such. */
final class Protobuf {

    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int WITH_LENGTH = 2;
    private static final int SEVEN_BITS = 0x7f;
    private static final int MORE = 0x80;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    byte[] bytes() {
        return out.toByteArray();
    }

    Protobuf message(int field, Protobuf message) {
        return bytes(field, message.bytes());
    }

    Protobuf text(int field, String text) {
        return text.isEmpty() ? this : bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    Protobuf number(int field, long number) {
        tag(field, VARINT);
        varint(number);
        return this;
    }

    Protobuf fixed(int field, long number) {
        tag(field, EIGHT_BYTES);
        out.writeBytes(ByteBuffer.allocate(Long.BYTES)
                .putLong(Long.reverseBytes(number)) // the first byte is the least
                .array());
        return this;
    }

    Protobuf real(int field, double number) {
        return fixed(field, Double.doubleToRawLongBits(number));
    }

    Protobuf fixeds(int field, List<Long> numbers) {
        var packed = ByteBuffer.allocate(numbers.size() * Long.BYTES);
        numbers.forEach(number -> packed.putLong(Long.reverseBytes(number)));
        return bytes(field, packed.array());
    }

    Protobuf reals(int field, List<Double> numbers) {
        return fixeds(field, numbers.stream().map(Double::doubleToRawLongBits).toList());
    }

    private Protobuf bytes(int field, byte[] bytes) {
        tag(field, WITH_LENGTH);
        varint(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    private void tag(int field, int type) {
        varint((long) field << 3 | type);
    }

    private void varint(long number) {
        long rest = number;
        while ((rest & ~SEVEN_BITS) != 0) {
            out.write((int) (rest & SEVEN_BITS) | MORE);
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
