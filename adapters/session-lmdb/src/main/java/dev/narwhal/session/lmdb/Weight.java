package dev.narwhal.session.lmdb;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What sessions take in the store, without what of its pages is empty.
 *
 * <p>Nobody keeps a sum: every write would have to look at what it replaces. Ids are random, so those that follow a random one in their table are sessions
 * like all others.
 */
final class Weight {

    /** So many sessions are looked at. */
    private static final int SAMPLE = 64;

    // LMDB: an entry's head with its place in the page, the head of a page, and beyond what size a value has pages of
    // its own.
    private static final int ENTRY_BYTES = 10;
    private static final int PAGE_BYTES = 4096;
    private static final int PAGE_HEAD_BYTES = 16;
    private static final int MOST_IN_PAGE = (PAGE_BYTES - PAGE_HEAD_BYTES) / 2;

    // What ids are made of.
    private static final int FIRST_CHARACTER = '-';
    private static final int AFTER_LAST_CHARACTER = 'z' + 1;

    private final Transaction read;
    private final Tables tables;

    Weight(Transaction read, Tables tables) {
        this.read = read;
        this.tables = tables;
    }

    /** What that many sessions of a context take, by some of them. */
    long of(long context, long sessions, RandomGenerator random) {
        var some = sample(context, random);
        long bytes = some.stream().mapToLong(this::of).sum();
        return some.isEmpty() ? 0 : Math.round((double) bytes / some.size() * sessions);
    }

    /** Their numbers. */
    private Set<Long> sample(long context, RandomGenerator random) {
        var beginning = Keys.context(context);
        var first = ByteBuffer.allocate(beginning.length + 2)
                .put(beginning)
                .put((byte) random.nextInt(FIRST_CHARACTER, AFTER_LAST_CHARACTER))
                .put((byte) random.nextInt(FIRST_CHARACTER, AFTER_LAST_CHARACTER))
                .array();
        var numbers = new LinkedHashSet<Long>();
        Transaction.Visitor take = id -> numbers.add(id.value().getLong(0)) && numbers.size() < SAMPLE;
        read.visit(tables.ids(), beginning, first, take);
        if (numbers.size() < SAMPLE) {
            read.visit(tables.ids(), beginning, take); // on from the beginning, up to the first one that was seen
        }
        return numbers;
    }

    private long of(long number) {
        var row = read.row(tables, number);
        if (row == null) {
            return 0;
        }
        long bytes = entry(Long.BYTES + row.id().length(), Long.BYTES)
                + entry(Long.BYTES, row.bytes().length)
                + (row.indexed() == Row.NOT_INDEXED ? 0 : entry(Keys.expiry(0, 0, 0).length, 1));
        var attributes = new long[1];
        read.visit(tables.attributes(), Keys.number(number), attribute -> {
            attributes[0] +=
                    entry(attribute.key().remaining(), attribute.value().remaining());
            return true;
        });
        return bytes + attributes[0];
    }

    private static long entry(int key, int value) {
        int inPage = ENTRY_BYTES + key + value;
        return inPage <= MOST_IN_PAGE
                ? inPage
                : ENTRY_BYTES
                        + key
                        + Long.BYTES
                        + (long) Math.ceilDiv(PAGE_HEAD_BYTES + value, PAGE_BYTES) * PAGE_BYTES;
    }
}
