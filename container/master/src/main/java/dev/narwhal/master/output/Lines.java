package dev.narwhal.master.output;

/** Cuts what is read into lines, without their ends. A line that is too long becomes several, so that nothing is lost and memory is bounded. */
final class Lines {

    /** Longer ones are cut by most log collectors anyway. */
    static final int MOST_BYTES = 16 << 10;

    @FunctionalInterface
    interface Sink {
        void line(byte[] bytes, int from, int length);
    }

    private final byte[] begun = new byte[MOST_BYTES];
    private int length;

    /** Passes on all lines that end in these bytes; their rest begins the next one. */
    void feed(byte[] bytes, int count, Sink sink) {
        int from = 0;
        while (from < count) {
            int end = from;
            int most = from + MOST_BYTES - length;
            while (end < count && end < most && bytes[end] != '\n') {
                end++;
            }
            if (end < count && bytes[end] == '\n') {
                pass(bytes, from, end, sink);
                from = end + 1;
            } else {
                System.arraycopy(bytes, from, begun, length, end - from);
                length += end - from;
                from = end;
                if (length == MOST_BYTES) {
                    cut(sink);
                }
            }
        }
    }

    private void pass(byte[] bytes, int from, int end, Sink sink) {
        if (length == 0) {
            sink.line(bytes, from, withoutReturn(bytes, from, end) - from);
        } else {
            System.arraycopy(bytes, from, begun, length, end - from);
            sink.line(begun, 0, withoutReturn(begun, 0, length + end - from));
            length = 0;
        }
    }

    private static int withoutReturn(byte[] bytes, int from, int end) {
        return end > from && bytes[end - 1] == '\r' ? end - 1 : end;
    }

    /** Not within a character of UTF-8. */
    private void cut(Sink sink) {
        int end = length;
        while (end > length - 4 && (begun[end - 1] & 0xC0) == 0x80) {
            end--;
        }
        if ((begun[end - 1] & 0x80) != 0) {
            end--;
        }
        sink.line(begun, 0, end);
        System.arraycopy(begun, end, begun, 0, length - end);
        length -= end;
    }

    /** Passes on what was begun and not ended. */
    void end(Sink sink) {
        if (length > 0) {
            sink.line(begun, 0, length);
            length = 0;
        }
    }
}
