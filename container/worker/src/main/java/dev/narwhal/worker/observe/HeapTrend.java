package dev.narwhal.worker.observe;

/**
 * Decides whether collections no longer help: several in a row have left more than a share of the old generation occupied. A single one may have
 * come in the middle of a large request. Belongs to one thread.
 */
final class HeapTrend {

    /** So many in a row. */
    static final int COLLECTIONS = 3;

    private final int percent;
    private long before = -1;
    private int above;

    /** @param percent the share that may stay occupied */
    HeapTrend(int percent) {
        this.percent = percent;
    }

    /**
     * Looks at what the newest collection has left. The same number as before is the same collection: a second one that leaves exactly as many
     * bytes had nothing to do.
     */
    boolean isFull(long used, long most) {
        if (used != before) {
            before = used;
            above = used * 100 > most * percent ? above + 1 : 0;
        }
        return above >= COLLECTIONS;
    }
}
