package dev.narwhal.master.output;

/** The end of what was printed. Any thread. */
final class Tail {

    private final byte[] ring;
    private long written;

    Tail(int mostBytes) {
        ring = new byte[mostBytes];
    }

    synchronized void add(byte[] bytes, int count) {
        for (int from = Math.max(0, count - ring.length); from < count; ) {
            int at = (int) ((written + from) % ring.length);
            int length = Math.min(count - from, ring.length - at);
            System.arraycopy(bytes, from, ring, at, length);
            from += length;
        }
        written += count;
    }

    synchronized byte[] bytes() {
        int length = (int) Math.min(written, ring.length);
        var bytes = new byte[length];
        int at = (int) ((written - length) % ring.length);
        int first = Math.min(length, ring.length - at);
        System.arraycopy(ring, at, bytes, 0, first);
        System.arraycopy(ring, 0, bytes, first, length - first);
        return bytes;
    }
}
