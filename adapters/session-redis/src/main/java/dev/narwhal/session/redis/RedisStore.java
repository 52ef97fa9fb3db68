package dev.narwhal.session.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.narwhal.worker.session.Change;
import dev.narwhal.worker.session.Serialized;
import dev.narwhal.worker.session.SessionStore;
import dev.narwhal.worker.session.StoreException;
import dev.narwhal.worker.session.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Sessions in Redis. The keys, after {@code {narwhal}} and a colon: {@code i:LENGTH:CONTEXT:ID} leads to a session's number; {@code
 * s:NUMBER} is its id and times, {@code v:NUMBER} the versions and {@code a:NUMBER} the values of its attributes; {@code e:CONTEXT} has
 * the numbers by expiry; {@code leader} and {@code last} are what they say. The braces put all of them into one slot of a cluster.
 *
 * <p>Redis removes by itself, an hour late, what has expired and was ended by nobody.
 */
final class RedisStore implements SessionStore {

    private static final Duration GRACE = Duration.ofHours(1);
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final int CONNECTIONS = 32;
    private static final int REMEMBERED = 10_000;
    private static final byte[] NONE = {};
    private static final Logger log = LoggerFactory.getLogger(RedisStore.class);

    private final RedisUrl url;
    private final DefaultJedisClientConfig client;
    private final Outage outage;
    private final String prefix;
    private final String self = UUID.randomUUID().toString();
    /** The numbers of ids that were loaded lately, so that the version that is known can go with the question. */
    private final Map<String, Long> numbers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    private volatile @Nullable UnifiedJedis redis;
    private volatile boolean failing;

    /** Connects when it is used for the first time. */
    RedisStore(RedisUrl url, Optional<String> password) {
        this.url = url;
        this.prefix = "{" + url.prefix() + "}:";
        this.outage = new Outage(url.timeout());
        var config = DefaultJedisClientConfig.builder()
                .timeoutMillis(Math.toIntExact(url.timeout().toMillis()))
                .ssl(url.tls())
                .database(url.database());
        url.user().ifPresent(config::user);
        password.ifPresent(config::password);
        this.client = config.build();
    }

    private synchronized UnifiedJedis connect() {
        var connected = redis;
        if (connected == null) {
            connected = switch (url.kind()) {
                case SINGLE ->
                    RedisClient.builder()
                            .hostAndPort(url.hosts().iterator().next())
                            .clientConfig(client)
                            .poolConfig(pool())
                            .build();
                case CLUSTER ->
                    RedisClusterClient.builder()
                            .nodes(url.hosts())
                            .maxAttempts(3)
                            .maxTotalRetriesDuration(url.timeout())
                            .clientConfig(client)
                            .poolConfig(pool())
                            .build();
                case SENTINEL ->
                    RedisSentinelClient.builder()
                            .masterName(url.path())
                            .sentinels(url.hosts())
                            .clientConfig(client)
                            .sentinelClientConfig(DefaultJedisClientConfig.builder()
                                    .timeoutMillis(client.getSocketTimeoutMillis())
                                    .ssl(url.tls())
                                    .build())
                            .poolConfig(pool())
                            .build();
            };
            redis = connected;
        }
        return connected;
    }

    private ConnectionPoolConfig pool() {
        var pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS);
        pool.setMaxIdle(CONNECTIONS);
        pool.setMaxWait(url.timeout());
        pool.setJmxEnabled(false);
        return pool;
    }

    private @Nullable Object run(Script script, String key, List<byte[]> arguments) {
        if (!outage.mayTry(System.nanoTime())) {
            throw new StoreException("Redis at %s does not answer".formatted(url.hosts()));
        }
        try {
            var connected = redis;
            var reply = script.run(connected == null ? connect() : connected, bytes(key), arguments);
            outage.answered();
            if (failing) {
                failing = false;
                log.info("Redis at {} answers again", url.hosts());
            }
            return reply;
        } catch (JedisDataException e) {
            outage.answered();
            throw new StoreException("asking Redis at %s: %s".formatted(url.hosts(), e.getMessage()), e);
        } catch (JedisException | IllegalStateException e) {
            outage.failed(System.nanoTime());
            if (!failing) {
                failing = true;
                log.warn(
                        "Redis at {} does not answer: {}. Requests that need a session get 503 until it does.",
                        url.hosts(),
                        e.getMessage());
            }
            throw new StoreException("asking Redis at %s: %s".formatted(url.hosts(), e.getMessage()), e);
        }
    }

    @Override
    public Optional<StoredSession> load(String context, String id, Memory memory) {
        var key = idKey(context, id);
        long expected = remembered(key);
        var known = memory.of(expected);
        var loaded = load(key, id, expected, known.version());
        if (loaded.isPresent() && isIncomplete(loaded.get(), memory)) {
            return load(key, id, 0, 0);
        }
        return loaded;
    }

    private Optional<StoredSession> load(String key, String id, long expected, long version) {
        var reply = run(Script.LOAD, key, List.of(bytes(prefix), bytes(expected), bytes(version)));
        if (!(reply instanceof List<?> parts)) {
            forget(key);
            return Optional.empty();
        }
        long number = number(parts.get(0));
        remember(key, number);
        return Optional.of(new StoredSession(
                number,
                id,
                number(parts.get(1)),
                times(parts),
                parts.size() == 6 ? Optional.empty() : Optional.of(attributes(parts, 7))));
    }

    /** Whether something was left out that the caller has not: after Redis has lost its last writes. */
    private static boolean isIncomplete(StoredSession loaded, Memory memory) {
        var known = memory.of(loaded.number());
        return loaded.attributes().orElse(List.of()).stream()
                .anyMatch(attribute ->
                        attribute.value().isEmpty() && known.version(attribute.name()) != attribute.version());
    }

    @Override
    public Committed create(String context, String id, Times times, Map<String, Serialized> attributes) {
        var arguments = new ArrayList<byte[]>();
        arguments.add(bytes(prefix));
        arguments.add(bytes(context));
        arguments.add(bytes(id));
        arguments.add(bytes(times.created()));
        arguments.add(bytes(times.accessed()));
        arguments.add(bytes(times.touched()));
        arguments.add(bytes(times.maxInactive()));
        boolean limited = times.maxInactive() > 0;
        arguments.add(limited ? bytes(times.expiry()) : bytes("+inf"));
        arguments.add(limited ? bytes(times.maxInactive() * 1000L + GRACE.toMillis()) : NONE);
        attributes.forEach((name, value) -> {
            arguments.add(bytes(name));
            arguments.add(value.bytes());
        });
        var key = idKey(context, id);
        if (!(run(Script.CREATE, key, arguments) instanceof List<?> parts)) {
            throw new StoreException(
                    "storing a new session of %s: its id is in use".formatted(context.isEmpty() ? "/" : context));
        }
        long number = number(parts.get(0));
        remember(key, number);
        return new Committed(number, 0, number(parts.get(1)));
    }

    @Override
    public Optional<Committed> commit(long number, Change change) {
        var arguments = new ArrayList<byte[]>();
        arguments.add(bytes(prefix));
        arguments.add(bytes(number));
        arguments.add(bytes(change.accessed()));
        arguments.add(bytes(change.touched()));
        arguments.add(
                change.maxInactive().isPresent() ? bytes(change.maxInactive().getAsInt()) : NONE);
        arguments.add(bytes(GRACE.toMillis()));
        change.attributes().forEach((name, value) -> {
            arguments.add(bytes(name));
            arguments.add(bytes(value.isPresent() ? "+" : "-"));
            arguments.add(value.map(Serialized::bytes).orElse(NONE));
        });
        return run(Script.COMMIT, sessionKey(number), arguments) instanceof List<?> parts
                ? Optional.of(new Committed(number, number(parts.get(0)), number(parts.get(1))))
                : Optional.empty();
    }

    @Override
    public boolean rename(long number, String id) {
        var reply = run(Script.RENAME, sessionKey(number), List.of(bytes(id), bytes(prefix + "i:")));
        return switch (text(reply)) {
            case "renamed" -> true;
            case "gone" -> false;
            default -> throw new StoreException("changing a session's id: the new one is in use");
        };
    }

    @Override
    public Optional<StoredSession> take(long number) {
        return taken(run(Script.TAKE, sessionKey(number), List.of(bytes(prefix), bytes(number), NONE)));
    }

    @Override
    public Optional<StoredSession> takeExpired(String context, long now) {
        return taken(run(Script.TAKE, prefix + "e:" + context, List.of(bytes(prefix), NONE, bytes(now))));
    }

    private static Optional<StoredSession> taken(@Nullable Object reply) {
        return reply instanceof List<?> parts
                ? Optional.of(new StoredSession(
                        number(parts.get(0)),
                        text(parts.get(6)),
                        number(parts.get(1)),
                        times(parts),
                        Optional.of(attributes(parts, 7))))
                : Optional.empty();
    }

    @Override
    public Set<String> ids(String context) {
        var ids = new HashSet<String>();
        if (run(Script.IDS, prefix + "e:" + context, List.of(bytes(prefix))) instanceof List<?> parts) {
            parts.forEach(id -> ids.add(text(id)));
        }
        return ids;
    }

    @Override
    public boolean lead() {
        return Long.valueOf(1)
                .equals(run(Script.LEAD, prefix + "leader", List.of(bytes(self), bytes(LEASE.toMillis()))));
    }

    @Override
    public void maintain() {
        // Redis removes by itself what nobody ends
    }

    @Override
    public void close() {
        var connected = redis;
        if (connected != null) {
            connected.close();
        }
    }

    private long remembered(String key) {
        synchronized (numbers) {
            return numbers.getOrDefault(key, 0L);
        }
    }

    private void remember(String key, long number) {
        synchronized (numbers) {
            numbers.put(key, number);
        }
    }

    private void forget(String key) {
        synchronized (numbers) {
            numbers.remove(key);
        }
    }

    /** The context's length keeps a context and an id apart whatever is in them. */
    private String idKey(String context, String id) {
        return prefix + "i:" + context.getBytes(UTF_8).length + ":" + context + ":" + id;
    }

    private String sessionKey(long number) {
        return prefix + "s:" + number;
    }

    private static Times times(List<?> parts) {
        return new Times(
                number(parts.get(2)),
                number(parts.get(3)),
                number(parts.get(4)),
                Math.toIntExact(number(parts.get(5))));
    }

    private static List<StoredAttribute> attributes(List<?> parts, int first) {
        var attributes = new ArrayList<StoredAttribute>();
        for (int i = first; i < parts.size(); i += 3) {
            attributes.add(new StoredAttribute(
                    text(parts.get(i)),
                    number(parts.get(i + 1)),
                    parts.get(i + 2) instanceof byte[] value ? Optional.of(Serialized.of(value)) : Optional.empty()));
        }
        return attributes;
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

    private static String text(@Nullable Object reply) {
        if (reply instanceof byte[] bytes) {
            return new String(bytes, UTF_8);
        }
        throw new StoreException("reading Redis's answer: it is not of this version of the store");
    }
}
