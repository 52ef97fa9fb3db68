package dev.narwhal.session.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.narwhal.contract.RedisUrl;
import dev.narwhal.worker.session.Change;
import dev.narwhal.worker.session.Serialized;
import dev.narwhal.worker.session.SessionStore;
import dev.narwhal.worker.session.StoreException;
import dev.narwhal.worker.session.Times;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions in Redis: each method is a {@link Script}, and {@code common.lua} says which keys there are.
 *
 * <p>A session's number is drawn, not counted: a counter would begin again when Redis loses what it has, and a worker that remembers the session
 * with that number would show it to another user.
 */
final class RedisStore implements SessionStore {

    private static final Logger log = LoggerFactory.getLogger(RedisStore.class);
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final long SWEEP_NANOS = Duration.ofMinutes(1).toNanos();

    /** So many sessions of a context are looked at to know what all take; Redis does nothing else meanwhile. */
    private static final int WEIGHED = 64;

    /** No id of ours is as long. */
    private static final int MOST_ID_CHARACTERS = 200;

    private static final byte[] NOTHING = {};
    /** The fields of a session before its attributes. */
    private static final int META = 6;

    private final Link link;
    private final SecureRandom random = new SecureRandom();
    private final String self = UUID.randomUUID().toString();
    private final Numbers numbers = new Numbers();
    private long swept = System.nanoTime();

    RedisStore(RedisUrl url) {
        this.link = new Link(url);
    }

    private @Nullable Object run(Script script, byte[]... arguments) {
        return link.run(script, List.of(arguments));
    }

    // ---- reading

    @Override
    public Optional<StoredSession> load(String context, String id, Memory memory) {
        if (!isPossible(id)) {
            return Optional.empty();
        }
        long expected = numbers.of(context, id);
        long known = expected == Numbers.UNKNOWN ? 0 : memory.of(expected).version();
        var loaded = load(context, id, expected, known, known, List.of());
        if (loaded.isEmpty()) {
            return loaded;
        }
        var mine = memory.of(loaded.get().number());
        var doubts = doubts(loaded.get(), mine);
        return doubts.isEmpty()
                        && mine.version() <= Math.max(known, loaded.get().version())
                ? loaded
                : load(context, id, loaded.get().number(), mine.version(), 0, doubts);
    }

    /**
     * What the caller remembers of a session may be what Redis has lost, in a failover or a restart; or what another thread has stored since the
     * question was sent. Asked again, all of it comes; and in the first case with new versions, so that it is taken for newer by everybody.
     *
     * @return names and versions of such attributes
     */
    private static List<byte[]> doubts(StoredSession loaded, Known mine) {
        var doubts = new ArrayList<byte[]>();
        for (var attribute : loaded.attributes().orElse(List.of())) {
            long version = mine.version(attribute.name());
            if (version > attribute.version() || (attribute.value().isEmpty() && version != attribute.version())) {
                doubts.add(bytes(attribute.name()));
                doubts.add(bytes(version));
            }
        }
        return doubts;
    }

    private Optional<StoredSession> load(
            String context, String id, long expected, long known, long from, List<byte[]> doubts) {
        var arguments = new ArrayList<>(List.of(bytes(context), bytes(id), bytes(expected), bytes(known), bytes(from)));
        arguments.addAll(doubts);
        if (!(link.run(Script.LOAD, arguments) instanceof List<?> reply)) {
            numbers.forget(context, id);
            return Optional.empty();
        }
        numbers.remember(context, id, number(reply.get(0)));
        return Optional.of(session(id, reply));
    }

    private static StoredSession session(String id, List<?> reply) {
        return new StoredSession(
                number(reply.get(0)),
                id,
                number(reply.get(1)),
                new Times(
                        number(reply.get(2)),
                        number(reply.get(3)),
                        number(reply.get(4)),
                        Math.toIntExact(number(reply.get(5)))),
                reply.size() == META
                        ? Optional.empty()
                        : Optional.of(attributes(list(reply.get(META)), list(reply.get(META + 1)))));
    }

    private static List<StoredAttribute> attributes(List<?> versions, List<?> values) {
        var bytes = new HashMap<String, Serialized>();
        for (int i = 0; i < values.size(); i += 2) {
            bytes.put(text(values.get(i)), Serialized.of(raw(values.get(i + 1))));
        }
        var attributes = new ArrayList<StoredAttribute>();
        for (int i = 0; i < versions.size(); i += 2) {
            var name = text(versions.get(i));
            attributes.add(
                    new StoredAttribute(name, number(versions.get(i + 1)), Optional.ofNullable(bytes.get(name))));
        }
        return attributes;
    }

    @Override
    public Set<String> ids(String context) {
        var ids = new HashSet<String>();
        list(run(Script.IDS, bytes(context))).forEach(id -> ids.add(text(id)));
        return ids;
    }

    @Override
    public long count(String context) {
        return integer(run(Script.COUNT, bytes(context)));
    }

    @Override
    public long weight(String context) {
        return integer(run(Script.BYTES, bytes(context), bytes(WEIGHED)));
    }

    /** What they take in all is known only for each context. */
    @Override
    public Optional<Size> size() {
        return Optional.of(new Size(integer(run(Script.COUNT)), 0));
    }

    // ---- writing

    @Override
    public Committed create(String context, String id, Times times, Map<String, Serialized> attributes) {
        if (!isPossible(id)) {
            throw new IllegalArgumentException("storing a session: its id cannot be one");
        }
        long number = draw();
        var arguments = new ArrayList<>(List.of(
                bytes(number),
                bytes(context),
                bytes(id),
                bytes(times.created()),
                bytes(times.accessed()),
                bytes(times.touched()),
                bytes(times.maxInactive())));
        attributes.forEach((name, value) -> {
            arguments.add(bytes(name));
            arguments.add(value.bytes());
        });
        var version = link.run(Script.CREATE, arguments);
        if (version == null) {
            throw new StoreException(
                    "storing a new session of %s: its id is in use".formatted(context.isEmpty() ? "/" : context));
        }
        numbers.remember(context, id, number);
        return new Committed(number, 0, number(version));
    }

    private long draw() {
        return 1 + (random.nextLong() >>> 2);
    }

    @Override
    public Optional<Committed> commit(long number, Change change) {
        var max = change.maxInactive();
        var arguments = new ArrayList<>(List.of(
                bytes(number),
                bytes(change.accessed()),
                bytes(change.touched()),
                max.isPresent() ? bytes(max.getAsInt()) : NOTHING));
        change.attributes().forEach((name, value) -> {
            arguments.add(bytes(name));
            arguments.add(bytes(value.isPresent() ? "+" : "-"));
            arguments.add(value.map(Serialized::bytes).orElse(NOTHING));
        });
        return link.run(Script.COMMIT, arguments) instanceof List<?> versions
                ? Optional.of(new Committed(number, number(versions.get(0)), number(versions.get(1))))
                : Optional.empty();
    }

    @Override
    public boolean rename(long number, String id) {
        return switch (text(run(Script.RENAME, bytes(number), bytes(id)))) {
            case "renamed" -> true;
            case "gone" -> false;
            default -> throw new StoreException("changing a session's id: the new one is in use");
        };
    }

    @Override
    public Optional<StoredSession> take(long number) {
        return taken(run(Script.TAKE, bytes(number)));
    }

    @Override
    public Optional<StoredSession> takeExpired(String context, long now) {
        return taken(run(Script.TAKE, NOTHING, bytes(context), bytes(now)));
    }

    private static Optional<StoredSession> taken(@Nullable Object reply) {
        return reply instanceof List<?> session
                ? Optional.of(session(text(session.getLast()), session))
                : Optional.empty();
    }

    // ---- looking after the store

    @Override
    public boolean lead() {
        return integer(run(Script.LEAD, bytes(self), bytes(LEASE.toMillis()))) == 1;
    }

    @Override
    public void maintain() {
        long now = System.nanoTime();
        if (now - swept >= SWEEP_NANOS) {
            swept = now;
            run(Script.SWEEP, bytes(System.currentTimeMillis()));
        }
    }

    @Override
    public void close() {
        try (link) {
            run(Script.LEAD, bytes(self), bytes(0)); // so that another need not wait for the end of the lease
        } catch (StoreException e) {
            log.debug("leaving Redis: {}", e.getMessage());
        }
    }

    // ---- what goes over the wire

    /** Whether there can be a session with that id at all. A space ends the context in the name of its key. */
    private static boolean isPossible(String id) {
        return !id.isEmpty()
                && id.length() <= MOST_ID_CHARACTERS
                && id.chars().allMatch(character -> character > ' ' && character < 127);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] bytes(long number) {
        return bytes(Long.toString(number));
    }

    private static long number(@Nullable Object reply) {
        return Long.parseLong(text(reply));
    }

    private static long integer(@Nullable Object reply) {
        if (reply instanceof Long number) {
            return number;
        }
        throw unexpected();
    }

    private static String text(@Nullable Object reply) {
        return new String(raw(reply), UTF_8);
    }

    private static byte[] raw(@Nullable Object reply) {
        if (reply instanceof byte[] bytes) {
            return bytes;
        }
        throw unexpected();
    }

    private static List<?> list(@Nullable Object reply) {
        if (reply instanceof List<?> list) {
            return list;
        }
        throw unexpected();
    }

    private static StoreException unexpected() {
        return new StoreException("reading Redis's answer: it is not what a script of this version gives");
    }
}
