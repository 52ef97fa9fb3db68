package dev.narwhal.session.lmdb;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Env;
import org.lmdbjava.LmdbException;
import org.lmdbjava.Txn;

/**
 * Begins and ends transactions. Those that only read are kept, each with its place in LMDB's table of readers: to begin one anew takes no
 * lock.
 */
final class Transactions implements AutoCloseable {

    /** Does something in a transaction. It must not park the thread. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T in(Transaction transaction);
    }

    private record Reader(Txn<ByteBuffer> txn, Scratch scratch) {}

    /** More memory than this is not kept for the next one. */
    private static final int MOST_ROOM = 1 << 20;

    private final StampedLock environment = new StampedLock();
    private final Supplier<Env<ByteBuffer>> unmapped;
    private Env<ByteBuffer> env;
    private Optional<Reserved> reserved;
    private final Queue<Reader> readers = new ConcurrentLinkedQueue<>();
    private final Queue<Scratch> scratches = new ConcurrentLinkedQueue<>();
    private final Turns turns = new Turns();

    /**
     * Takes all of it over.
     *
     * @param reserved where LMDB writes through its map
     * @param unmapped opens the same, when there is no memory to reserve any more, so that LMDB has the kernel write. Then no memory is an error
     */
    Transactions(Env<ByteBuffer> env, Optional<Reserved> reserved, Supplier<Env<ByteBuffer>> unmapped) {
        this.unmapped = unmapped;
        this.env = env;
        this.reserved = reserved;
    }

    /** @throws LmdbException if LMDB cannot */
    <T extends @Nullable Object> T read(Work<T> work) {
        long stamp = environment.readLock();
        try {
            return readNow(work);
        } finally {
            environment.unlockRead(stamp);
        }
    }

    private <T extends @Nullable Object> T readNow(Work<T> work) {
        var kept = readers.poll();
        Reader reader;
        if (kept == null) {
            reader = new Reader(env.txnRead(), new Scratch());
        } else {
            reader = kept;
            reader.txn().renew();
        }
        boolean done = false;
        try {
            var result = work.in(new Transaction(reader.txn(), reader.scratch()));
            reader.txn().reset();
            readers.add(reader);
            done = true;
            return result;
        } finally {
            if (!done) {
                reader.txn().close();
            }
        }
    }

    /**
     * Does all of it or nothing.
     *
     * @param need what is written at most
     * @param work its result is null to change nothing after all
     * @throws LmdbException if LMDB cannot
     */
    <T> @Nullable T write(Need need, Work<@Nullable T> work) {
        while (true) {
            long stamp = environment.readLock();
            try {
                var written = writeNow(need, work);
                if (written.isReserved()) {
                    return written.result();
                }
            } finally {
                environment.unlockRead(stamp);
            }
            giveUpMapping();
        }
    }

    /** What came out of it, if there was memory for it. */
    private record Written<T>(boolean isReserved, @Nullable T result) {}

    private <T> Written<T> writeNow(Need need, Work<@Nullable T> work) {
        var kept = scratches.poll();
        var scratch = kept == null ? new Scratch() : kept;
        scratch.makeRoom(need.largest());
        turns.take();
        try (var txn = env.txnWrite()) {
            if (reserved.isPresent() && !reserved.get().upTo(need.end(env.info().lastPageNumber + 1))) {
                return new Written<>(false, null);
            }
            var result = work.in(new Transaction(txn, scratch));
            if (result != null) {
                txn.commit();
            }
            return new Written<>(true, result);
        } finally {
            turns.end();
            if (scratch.room() <= MOST_ROOM) {
                scratches.add(scratch);
            }
        }
    }

    private void giveUpMapping() {
        long stamp = environment.writeLock();
        try {
            if (reserved.isPresent()) {
                close();
                reserved = Optional.empty();
                env = unmapped.get();
            }
        } finally {
            environment.unlockWrite(stamp);
        }
    }

    @Override
    public void close() {
        for (var reader = readers.poll(); reader != null; reader = readers.poll()) {
            reader.txn().close();
        }
        env.close();
        reserved.ifPresent(Reserved::close);
    }
}
