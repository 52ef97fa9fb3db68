package dev.narwhal.session.lmdb;

/**
 * What a transaction writes at most.
 *
 * @param largest the size of its greatest value
 * @param entries how many it puts or removes
 * @param bytes all values together
 */
record Need(int largest, int entries, long bytes) {

    private static final int PAGE = 4096;

    /** For the ways from the roots of all tables to their leaves. */
    private static final int PAGES = 64;

    /** The page of an entry, another one when it is split, and the ones above. */
    private static final int PAGES_OF_AN_ENTRY = 3;

    /** A page of LMDB's list of free pages has room for about twice as many. */
    private static final int LISTED = 256;

    private static final int ROW = 1024;
    private static final int ROWS = 8;

    static final Need NOTHING = new Need(0, 0, 0);

    /** Some rows and no attribute. */
    static final Need ROWS_ALONE = new Need(ROW, ROWS, ROWS * ROW);

    /** The same with a value. */
    Need writing(int length) {
        return new Need(Math.max(largest, ROW + length), entries + 1, bytes + length);
    }

    /** The same with entries that are removed. */
    Need removing(int more) {
        return new Need(largest, entries + more, bytes);
    }

    /** Both. */
    Need and(Need other) {
        return new Need(Math.max(largest, other.largest), entries + other.entries, bytes + other.bytes);
    }

    /**
     * The size that the file has at most when all of it is written.
     *
     * @param pages of the file that are in use or were
     */
    long end(long pages) {
        long more = PAGES + (long) PAGES_OF_AN_ENTRY * entries + pages / LISTED;
        return (pages + more) * PAGE + 2 * bytes;
    }
}
