package dev.narwhal.session.lmdb;

import dev.narwhal.worker.session.Change;
import dev.narwhal.worker.session.Serialized;
import dev.narwhal.worker.session.SessionStore;
import dev.narwhal.worker.session.StoreException;
import dev.narwhal.worker.session.Times;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.ByteBufferProxy;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.LmdbException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sessions in LMDB. A process opens a directory once. */
final class LmdbStore implements SessionStore {

    private static final Logger log = LoggerFactory.getLogger(LmdbStore.class);

    /** Read transactions of all workers at once. */
    private static final int MOST_READERS = 4096;

    private static final int OWNER_ONLY = 0600;
    private static final long MAINTENANCE_NANOS = Duration.ofSeconds(1).toNanos();

    /** Sessions that have expired for so long belong to applications that are no longer deployed. */
    private static final long ABANDONED_MILLIS = Duration.ofMinutes(5).toMillis();

    private final Path directory;
    private final long bytes;
    private volatile Env<ByteBuffer> env;
    private volatile Tables tables;
    private final Transactions transactions;
    private final Leadership leadership;
    private final boolean disk;
    private long maintained = System.nanoTime();

    private LmdbStore(
            Path directory,
            long bytes,
            Env<ByteBuffer> env,
            Optional<Reserved> reserved,
            Leadership leadership,
            boolean disk) {
        this.directory = directory;
        this.bytes = bytes;
        this.env = env;
        this.tables = Tables.open(env);
        this.transactions = new Transactions(env, reserved, this::reopen);
        this.leadership = leadership;
        this.disk = disk;
    }

    /**
     * Opens the store.
     *
     * @param directory exists
     * @param bytes the most that it may take
     */
    static LmdbStore open(Path directory, long bytes) {
        var temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        try (var _ = NativeLibrary.unpack(temporary)) {
            boolean disk = !Files.getFileStore(directory).type().equals("tmpfs");
            var env = env(directory, bytes, flags(disk));
            var reserved = disk
                    ? Optional.<Reserved>empty()
                    : reserve(directory.resolve("data.mdb"), bytes, env.info().lastPageNumber + 1);
            if (!disk && reserved.isEmpty()) {
                env.close();
                env = env(directory, bytes, flags(true));
            }
            var store = new LmdbStore(
                    directory, bytes, env, reserved, new Leadership(directory.resolve("reaper.lock")), disk);
            store.countOnce();
            store.warmUp();
            return store;
        } catch (LinkageError e) {
            throw new StoreException(
                    "loading LMDB's native code from a file in %s: %s. Name a directory from which code may be run with"
                                    .formatted(temporary, firstLine(e))
                            + " --java-opts=-Djava.io.tmpdir=DIRECTORY, or give --sessions memory for one worker.",
                    e);
        } catch (IOException | LmdbException e) {
            throw new StoreException(
                    "opening the session store in %s: %s. Give another --session-dir, or --sessions memory for one worker."
                            .formatted(directory, e),
                    e);
        }
    }

    /** Empty if there is too little memory. */
    private static Optional<Reserved> reserve(Path file, long bytes, long pages) {
        var reserved = Reserved.in(file, bytes);
        if (reserved.upTo(Need.ROWS_ALONE.end(pages))) {
            return Optional.of(reserved);
        }
        reserved.close();
        return Optional.empty();
    }

    private static Env<ByteBuffer> env(Path directory, long bytes, EnvFlags... flags) {
        return Env.create(ByteBufferProxy.PROXY_OPTIMAL)
                .setMapSize(bytes)
                .setMaxDbs(Tables.COUNT)
                .setMaxReaders(MOST_READERS)
                .open(directory.toFile(), OWNER_ONLY, flags);
    }

    /** As on disk. Within the exclusive lock of {@link Transactions}. */
    private Env<ByteBuffer> reopen() {
        log.warn(
                "the session store in {}: its file system is full, or nearly. This worker goes on with what there is, more slowly.",
                directory);
        env = env(directory, bytes, flags(true));
        tables = Tables.open(env);
        return env;
    }

    /**
     * A thread may have several read transactions, and a virtual thread has many threads. In memory LMDB writes through its map: no system call for
     * a page, and one copy of it instead of two.
     */
    private static EnvFlags[] flags(boolean disk) {
        return disk
                ? new EnvFlags[] {EnvFlags.MDB_NOTLS, EnvFlags.MDB_NOSYNC}
                : new EnvFlags[] {EnvFlags.MDB_NOTLS, EnvFlags.MDB_NOSYNC, EnvFlags.MDB_WRITEMAP};
    }

    /** A store that was written before sessions were counted. */
    private void countOnce() {
        if (transactions.read(read -> read.get(tables.counters(), Keys.COUNTED) != null)) {
            return;
        }
        transactions.<Boolean>write(Need.ROWS_ALONE, write -> {
            if (write.get(tables.counters(), Keys.COUNTED) != null) {
                return null; // another worker was first
            }
            for (long context : write.beginnings(tables.ids())) {
                var ids = new AtomicLong();
                write.visit(tables.ids(), Keys.context(context), _ -> ids.incrementAndGet() > 0);
                write.put(tables.counters(), Keys.count(context), Keys.number(ids.get()));
            }
            write.put(tables.counters(), Keys.COUNTED);
            return true;
        });
    }

    private void count(Transaction write, long context, long more) {
        var key = Keys.count(context);
        var count = write.get(tables.counters(), key);
        write.put(tables.counters(), key, Keys.number((count == null ? 0 : count.getLong()) + more));
    }

    private static String firstLine(Throwable failure) {
        return failure.toString().lines().findFirst().orElse("");
    }

    /** Loads every class that a write transaction needs: to wait for another thread's loading would park a virtual thread. */
    private void warmUp() {
        var context = "warm-up " + UUID.randomUUID();
        var value = Serialized.of(new byte[1]);
        var made = create(context, "a", new Times(0, 0, 0, 1), Map.of("a", value));
        load(context, "a", _ -> new NothingKnown());
        commit(
                made.number(),
                new Change(Map.of("a", Optional.empty(), "b", Optional.of(value)), 0, 0, OptionalInt.of(2)));
        rename(made.number(), "b");
        takeExpired(context, Long.MAX_VALUE);
        take(made.number());
    }

    private static final class NothingKnown implements Known {
        @Override
        public long version() {
            return 0;
        }

        @Override
        public long version(String attribute) {
            return 0;
        }
    }

    // ---- reading

    @Override
    public Optional<StoredSession> load(String context, String id, Memory memory) {
        if (!Keys.possible(id)) {
            return Optional.empty();
        }
        var key = Keys.id(Keys.context(context), id);
        return checked(
                "reading",
                () -> Optional.ofNullable(transactions.read(read -> {
                    var number = read.get(tables.ids(), key);
                    return number == null ? null : session(read, number.getLong(), memory);
                })));
    }

    private @Nullable StoredSession session(Transaction read, long number, Memory memory) {
        var row = read.row(tables, number);
        if (row == null) {
            return null;
        }
        var known = memory.of(number);
        return new StoredSession(
                number,
                row.id(),
                row.version(),
                row.times(),
                known.version() == row.version() ? Optional.empty() : Optional.of(attributes(read, number, known)));
    }

    private List<StoredAttribute> attributes(Transaction read, long number, Known known) {
        var attributes = new ArrayList<StoredAttribute>();
        read.visit(
                tables.attributes(),
                Keys.number(number),
                entry -> attributes.add(Row.readAttribute(entry.value(), known::version)));
        return attributes;
    }

    @Override
    public boolean contains(long number) {
        return checked("reading", () -> transactions.read(read -> read.row(tables, number) != null));
    }

    @Override
    public Set<String> ids(String context) {
        return checked(
                "reading",
                () -> transactions.read(read -> {
                    var ids = new HashSet<String>();
                    read.visit(tables.ids(), Keys.context(Keys.context(context)), entry -> {
                        var id = new byte[entry.key().remaining() - Long.BYTES];
                        entry.key().get(Long.BYTES, id);
                        ids.add(new String(id, StandardCharsets.US_ASCII));
                        return true;
                    });
                    return ids;
                }));
    }

    @Override
    public long count(String context) {
        return checked("reading", () -> transactions.read(read -> count(read, Keys.context(context))));
    }

    private long count(Transaction read, long context) {
        var count = read.get(tables.counters(), Keys.count(context));
        return count == null ? 0 : count.getLong();
    }

    @Override
    public long weight(String context) {
        long shortContext = Keys.context(context);
        return checked(
                "reading",
                () -> transactions.read(read -> new Weight(read, tables)
                        .of(shortContext, count(read, shortContext), ThreadLocalRandom.current())));
    }

    /** The bytes are those of the file that are in use or were. */
    @Override
    public Optional<Size> size() {
        return checked(
                "reading",
                () -> transactions.read(read -> {
                    var pages = read.pages(tables.sessions());
                    return Optional.of(new Size(pages.entries, (env.info().lastPageNumber + 1) * pages.pageSize));
                }));
    }

    // ---- writing

    @Override
    public Committed create(String context, String id, Times times, Map<String, Serialized> attributes) {
        if (!Keys.possible(id)) {
            throw new IllegalArgumentException("storing a session: its id cannot be one");
        }
        long shortContext = Keys.context(context);
        var idKey = Keys.id(shortContext, id);
        var row = new Row(shortContext, 1, times, times.expiry(), id);
        var rowBytes = row.bytes();
        var names = inOrder(attributes);
        var most = Need.ROWS_ALONE;
        for (var name : names) {
            most = most.writing(name.utf8.length + name.value.length());
        }
        var need = most;
        var committed = checked(
                "writing",
                () -> transactions.<Committed>write(need, write -> {
                    if (write.get(tables.ids(), idKey) != null) {
                        return null;
                    }
                    var last = write.get(tables.counters(), Keys.LAST_NUMBER);
                    long number = last == null ? 1 : last.getLong() + 1;
                    var numberKey = Keys.number(number);
                    write.put(tables.counters(), Keys.LAST_NUMBER, numberKey);
                    count(write, shortContext, 1);
                    write.put(tables.ids(), idKey, numberKey);
                    write.append(tables.sessions(), numberKey, rowBytes);
                    if (row.indexed() != Row.NOT_INDEXED) {
                        write.put(tables.expiries(), Keys.expiry(shortContext, row.indexed(), number));
                    }
                    for (var name : names) {
                        write.append(tables.attributes(), name.key(number), Row.attribute(1, name.utf8, name.value));
                    }
                    return new Committed(number, 0, 1);
                }));
        if (committed == null) {
            throw new StoreException("storing a new session of %s: its id is in use".formatted(context));
        }
        return committed;
    }

    /** An attribute of a new session. */
    private static final class Named {
        private final byte[] utf8;
        private final Serialized value;

        private Named(String name, Serialized value) {
            this.utf8 = name.getBytes(StandardCharsets.UTF_8);
            this.value = value;
        }

        private byte[] key(long number) {
            return Keys.attribute(number, utf8);
        }
    }

    /** In the order of their keys. */
    private static List<Named> inOrder(Map<String, Serialized> attributes) {
        return attributes.entrySet().stream()
                .map(attribute -> new Named(attribute.getKey(), attribute.getValue()))
                .sorted((one, other) -> Arrays.compareUnsigned(one.key(0), other.key(0)))
                .toList();
    }

    /** An attribute that is written, or without a value removed. */
    private static final class Put {
        private final byte[] key;
        private final byte[] name;
        private final @Nullable Serialized value;

        private Put(long number, String name, @Nullable Serialized value) {
            this.name = name.getBytes(StandardCharsets.UTF_8);
            this.key = Keys.attribute(number, this.name);
            this.value = value;
        }

        private int bytes() {
            return name.length + (value == null ? 0 : value.length());
        }

        private void in(Transaction write, Tables tables, long version) {
            if (value == null) {
                write.delete(tables.attributes(), key);
            } else {
                write.put(tables.attributes(), key, Row.attribute(version, name, value));
            }
        }
    }

    @Override
    public Optional<Committed> commit(long number, Change change) {
        return commit(List.of(new Write(number, change))).getFirst();
    }

    /** In one transaction: to begin and end it costs more than what most requests write. */
    @Override
    public List<Optional<Committed>> commit(List<Write> writes) {
        var all = new ArrayList<Puts>(writes.size());
        var most = Need.NOTHING;
        for (var write : writes) {
            var puts = new Puts(write);
            all.add(puts);
            most = most.and(puts.need);
        }
        var need = most;
        var committed = checked(
                "writing",
                () -> transactions.<List<Optional<Committed>>>write(need, write -> {
                    var done = new ArrayList<Optional<Committed>>(all.size());
                    boolean changed = false;
                    for (var puts : all) {
                        var one = commit(write, puts);
                        changed |= one.isPresent();
                        done.add(one);
                    }
                    return changed ? done : null;
                }));
        return committed == null
                ? writes.stream().map(_ -> Optional.<Committed>empty()).toList()
                : committed;
    }

    @Override
    public boolean writesTogether() {
        return true;
    }

    private Optional<Committed> commit(Transaction write, Puts puts) {
        long number = puts.number;
        var row = write.row(tables, number);
        if (row == null) {
            return Optional.empty();
        }
        long version = puts.attributes.isEmpty() ? row.version() : row.version() + 1;
        writeRow(write, number, row, version, row.times().after(puts.change));
        for (var put : puts.attributes) {
            put.in(write, tables, version);
        }
        return Optional.of(new Committed(number, row.version(), version));
    }

    /** What a change puts into the tables, as far as that can be said before the transaction. */
    private static final class Puts {
        private final long number;
        private final Change change;
        private final List<Put> attributes;
        private final Need need;

        private Puts(Write write) {
            this.number = write.number();
            this.change = write.change();
            this.attributes = new ArrayList<>(change.attributes().size());
            var most = Need.ROWS_ALONE;
            for (var attribute : change.attributes().entrySet()) {
                var put =
                        new Put(number, attribute.getKey(), attribute.getValue().orElse(null));
                attributes.add(put);
                most = put.value == null ? most.removing(1) : most.writing(put.bytes());
            }
            this.need = most;
        }
    }

    /** An expiry that has become later stays where it is until it is looked at; one that has become earlier must move. */
    private void writeRow(Transaction write, long number, Row before, long version, Times times) {
        long expiry = times.expiry();
        long indexed = before.indexed();
        if (expiry < indexed || (expiry == Row.NOT_INDEXED && indexed != Row.NOT_INDEXED)) {
            index(write, number, before, expiry);
            indexed = expiry;
        }
        write.put(
                tables.sessions(),
                Keys.number(number),
                new Row(before.context(), version, times, indexed, before.id()).bytes());
    }

    private void index(Transaction write, long number, Row row, long expiry) {
        if (row.indexed() != Row.NOT_INDEXED) {
            write.delete(tables.expiries(), Keys.expiry(row.context(), row.indexed(), number));
        }
        if (expiry != Row.NOT_INDEXED) {
            write.put(tables.expiries(), Keys.expiry(row.context(), expiry, number));
        }
    }

    @Override
    public boolean rename(long number, String id) {
        var renamed = checked(
                "writing",
                () -> transactions.<Boolean>write(Need.ROWS_ALONE, write -> {
                    var row = write.row(tables, number);
                    if (row == null) {
                        return null;
                    }
                    var key = Keys.id(row.context(), id);
                    if (write.get(tables.ids(), key) != null) {
                        throw new StoreException("changing a session's id: the new one is in use");
                    }
                    write.delete(tables.ids(), Keys.id(row.context(), row.id()));
                    write.put(tables.ids(), key, Keys.number(number));
                    write.put(
                            tables.sessions(),
                            Keys.number(number),
                            new Row(row.context(), row.version(), row.times(), row.indexed(), id).bytes());
                    return true;
                }));
        return renamed != null;
    }

    @Override
    public Optional<StoredSession> take(long number) {
        return checked("writing", () -> take(number, Long.MAX_VALUE));
    }

    /** Reads all of it first, and removes it if it is still the same then. */
    private Optional<StoredSession> take(long number, long onlyIfExpiredAt) {
        while (true) {
            var read = transactions.read(transaction -> session(transaction, number, _ -> new NothingKnown()));
            if (read == null
                    || (onlyIfExpiredAt != Long.MAX_VALUE && !read.times().expired(onlyIfExpiredAt))) {
                return Optional.empty();
            }
            var keys = read.attributes().orElseThrow().stream()
                    .map(attribute -> Keys.attribute(number, attribute.name().getBytes(StandardCharsets.UTF_8)))
                    .toList();
            var taken = transactions.<Boolean>write(Need.ROWS_ALONE.removing(keys.size()), write -> {
                var row = write.row(tables, number);
                if (row == null
                        || row.version() != read.version()
                        || (onlyIfExpiredAt != Long.MAX_VALUE && !row.times().expired(onlyIfExpiredAt))) {
                    return null;
                }
                count(write, row.context(), -1);
                write.delete(tables.ids(), Keys.id(row.context(), row.id()));
                write.delete(tables.sessions(), Keys.number(number));
                index(write, number, row, Row.NOT_INDEXED);
                keys.forEach(key -> write.delete(tables.attributes(), key));
                return true;
            });
            if (taken != null) {
                return Optional.of(read);
            }
        }
    }

    private record Candidate(long context, long time, long number) {}

    @Override
    public Optional<StoredSession> takeExpired(String context, long now) {
        long shortContext = Keys.context(context);
        return checked("ending a session of", () -> {
            while (true) {
                var candidate = earliest(shortContext);
                if (candidate == null || candidate.time() > now) {
                    return Optional.empty();
                }
                var taken = take(candidate.number(), now);
                if (taken.isPresent()) {
                    return taken;
                }
                reindex(candidate);
            }
        });
    }

    private @Nullable Candidate earliest(long context) {
        var found = new ArrayList<Candidate>(1);
        transactions.read(read -> {
            read.visit(tables.expiries(), Keys.context(context), entry -> {
                found.add(new Candidate(
                        context, entry.key().getLong(Long.BYTES), entry.key().getLong(2 * Long.BYTES)));
                return false;
            });
            return true;
        });
        return found.isEmpty() ? null : found.getFirst();
    }

    /** It was used since it was entered, or somebody else has ended it. */
    private void reindex(Candidate candidate) {
        transactions.<Boolean>write(Need.ROWS_ALONE, write -> {
            var row = write.row(tables, candidate.number());
            if (row == null || row.indexed() != candidate.time()) {
                write.delete(tables.expiries(), Keys.expiry(candidate.context(), candidate.time(), candidate.number()));
                return true;
            }
            long expiry = row.times().expiry();
            index(write, candidate.number(), row, expiry);
            write.put(
                    tables.sessions(),
                    Keys.number(candidate.number()),
                    new Row(row.context(), row.version(), row.times(), expiry, row.id()).bytes());
            return true;
        });
    }

    // ---- looking after it

    @Override
    public boolean lead() {
        try {
            return leadership.lead();
        } catch (IOException e) {
            throw new StoreException("locking a file in %s: %s".formatted(directory, e), e);
        }
    }

    /** Removes what no application is there to expire any more. Nobody is told: there is nobody to tell. */
    void removeAbandoned(long now) {
        checked("looking after", () -> {
            for (var context : contexts()) {
                for (var candidate = earliest(context);
                        candidate != null
                                && candidate.time() < now - ABANDONED_MILLIS
                                && !Thread.currentThread().isInterrupted();
                        candidate = earliest(context)) {
                    if (take(candidate.number(), now).isEmpty()) {
                        reindex(candidate);
                    }
                    LockSupport.parkNanos(1); // others may be waiting to write
                }
            }
            return true;
        });
    }

    /** Those that have sessions which may expire. */
    private List<Long> contexts() {
        return transactions.read(read -> read.beginnings(tables.expiries()));
    }

    /** Frees the places of readers that were killed, removes what is abandoned, and has the disk follow. */
    @Override
    public void maintain() {
        if (System.nanoTime() - maintained < MAINTENANCE_NANOS) {
            return;
        }
        maintained = System.nanoTime();
        checked("looking after", () -> {
            freeDeadReaders();
            if (disk) {
                env.sync(true);
            }
            return true;
        });
        removeAbandoned(System.currentTimeMillis());
    }

    void freeDeadReaders() {
        int dead = transactions.read(_ -> env.readerCheck());
        if (dead > 0) {
            log.debug("freed the places of {} dead readers of the session store", dead);
        }
    }

    /** How many places of the table of readers were ever taken at once. */
    int mostReaders() {
        return transactions.read(_ -> env.info().numReaders);
    }

    private <T extends @Nullable Object> T checked(String doing, Supplier<T> work) {
        try {
            return work.get();
        } catch (Env.MapFullException e) {
            throw new StoreException(
                    "%s the session store in %s: it is full (%d MiB). It has room again when sessions expire; shorter session timeouts"
                                    .formatted(doing, directory, bytes >> 20)
                            + " or smaller sessions need less, a --session-dir on disk has more.",
                    e);
        } catch (LmdbException e) {
            throw new StoreException("%s the session store in %s: %s".formatted(doing, directory, e), e);
        }
    }

    @Override
    public void close() {
        try (leadership) {
            if (disk) {
                env.sync(true);
            }
            transactions.close();
        } catch (IOException | LmdbException e) {
            log.warn("closing the session store in {}: {}", directory, e.toString());
        }
    }
}
