package dev.narwhal.session.lmdb;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Dbi;
import org.lmdbjava.GetOp;
import org.lmdbjava.PutFlags;
import org.lmdbjava.Stat;
import org.lmdbjava.Txn;

/** What can be done in a transaction. Buffers that come out of it are LMDB's own memory and good until the next call. */
final class Transaction {

    private static final byte[] NOTHING = {0};

    private final Txn<ByteBuffer> txn;
    private final Scratch scratch;

    Transaction(Txn<ByteBuffer> txn, Scratch scratch) {
        this.txn = txn;
        this.scratch = scratch;
    }

    @Nullable
    ByteBuffer get(Dbi<ByteBuffer> table, byte[] key) {
        return table.get(txn, scratch.key(key));
    }

    @Nullable
    Row row(Tables tables, long number) {
        var bytes = get(tables.sessions(), Keys.number(number));
        return bytes == null ? null : Row.read(bytes);
    }

    void put(Dbi<ByteBuffer> table, byte[] key, byte[] value) {
        table.put(txn, scratch.key(key), scratch.value(value));
    }

    /**
     * Puts an entry behind all others, which its key must be. LMDB fills its pages then; otherwise it would leave of each page that values of 1 KiB
     * have filled a third empty.
     */
    void append(Dbi<ByteBuffer> table, byte[] key, byte[] value) {
        table.put(txn, scratch.key(key), scratch.value(value), PutFlags.MDB_APPEND);
    }

    void put(Dbi<ByteBuffer> table, byte[] key) {
        put(table, key, NOTHING);
    }

    void delete(Dbi<ByteBuffer> table, byte[] key) {
        table.delete(txn, scratch.key(key));
    }

    Stat pages(Dbi<ByteBuffer> table) {
        return table.stat(txn);
    }

    /** What is done with an entry; false to see no further ones. */
    @FunctionalInterface
    interface Visitor extends Predicate<Entry> {}

    /** An entry of a table. */
    record Entry(ByteBuffer key, ByteBuffer value) {}

    /** Visits the entries whose keys begin with the bytes given, in order. */
    void visit(Dbi<ByteBuffer> table, byte[] beginning, Visitor visitor) {
        visit(table, beginning, beginning, visitor);
    }

    /** Of these those from a key on. */
    void visit(Dbi<ByteBuffer> table, byte[] beginning, byte[] first, Visitor visitor) {
        try (var cursor = table.openCursor(txn)) {
            boolean found = cursor.get(scratch.key(first), GetOp.MDB_SET_RANGE);
            while (found && begins(cursor.key(), beginning)) {
                if (!visitor.test(new Entry(cursor.key(), cursor.val()))) {
                    return;
                }
                found = cursor.next();
            }
        }
    }

    /** The different first eight bytes of the keys. Looks at one key for each. */
    List<Long> beginnings(Dbi<ByteBuffer> table) {
        var beginnings = new ArrayList<Long>();
        try (var cursor = table.openCursor(txn)) {
            boolean found = cursor.first();
            while (found) {
                long beginning = cursor.key().getLong(0);
                beginnings.add(beginning);
                long next = beginning + 1;
                found = next != 0 && cursor.get(scratch.key(Keys.context(next)), GetOp.MDB_SET_RANGE);
            }
        }
        return beginnings;
    }

    private static boolean begins(ByteBuffer key, byte[] beginning) {
        if (key.remaining() < beginning.length) {
            return false;
        }
        var start = new byte[beginning.length];
        key.get(key.position(), start);
        return Arrays.equals(start, beginning);
    }
}
