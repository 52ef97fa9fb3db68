package dev.narwhal.session.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.narwhal.contract.RedisUrl;
import dev.narwhal.worker.session.StoreException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Runs scripts in Redis. Connects when the first one is run, so that a worker boots without Redis, and connects anew when the connections are no
 * longer good: after a failover, or when something between has dropped them.
 *
 * <p>Any thread; a call blocks its thread for the timeout a few times at most, and not at all in an {@link Outage}. The log has one line when Redis
 * begins to fail and one when it no longer does; the exceptions in between say that they need no other.
 */
final class Link implements AutoCloseable {

    private final String name;
    private final byte[] prefix;
    private final Clients clients;
    private final Outage outage;
    private final Trouble silence;
    private final Trouble refusal;

    private final AtomicReference<@Nullable UnifiedJedis> client = new AtomicReference<>();
    /** Of {@link System#nanoTime}, guarded by this. */
    private long failedToOpen = System.nanoTime();

    private @Nullable JedisException whyNot;

    Link(RedisUrl url) {
        this.name = String.join(
                ",", url.hosts().stream().map(RedisUrl.Host::toString).toList());
        // The braces put all keys into one slot of a cluster.
        this.prefix = "{%s}:".formatted(url.prefix()).getBytes(UTF_8);
        this.clients = new Clients(url);
        this.outage = new Outage(this::probe);
        this.silence =
                new Trouble("Redis at %s does not answer".formatted(name), "Redis at %s answers".formatted(name));
        this.refusal =
                new Trouble("Redis at %s refuses".formatted(name), "Redis at %s does what it is asked".formatted(name));
    }

    /** @throws StoreException if Redis does not answer, or refuses */
    @Nullable
    Object run(Script script, List<byte[]> arguments) {
        if (outage.isOn()) {
            throw StoreException.told("asking Redis at %s: it has not answered lately".formatted(name));
        }
        long start = System.nanoTime();
        try {
            var reply = tryTwice(script, arguments);
            if (script.stores()) {
                refusal.over();
            }
            return reply;
        } catch (JedisDataException e) {
            refusal.begins(e);
            throw failed(e);
        } catch (JedisException e) {
            if (outage.concerns(start)) {
                silence.begins(e);
                outage.begins();
            }
            throw failed(e);
        }
    }

    /** Whether Redis answers, if only to refuse. */
    private boolean probe() {
        try {
            var _ = tryTwice(Script.COUNT, List.of(new byte[0]));
        } catch (JedisDataException e) {
            refusal.begins(e);
        } catch (JedisException e) {
            return false;
        }
        silence.over();
        return true;
    }

    private StoreException failed(JedisException cause) {
        return StoreException.told("asking Redis at %s: %s".formatted(name, cause.getMessage()), cause);
    }

    private @Nullable Object tryTwice(Script script, List<byte[]> arguments) {
        var first = client();
        try {
            return script.run(first, prefix, arguments);
        } catch (JedisException e) {
            if (!isStale(e)) {
                throw e;
            }
            replace(first);
            return script.run(client(), prefix, arguments);
        }
    }

    /** Whether a new connection may lead to a server that does better. One that is too slow is asked no further question. */
    private static boolean isStale(JedisException failure) {
        if (failure instanceof JedisDataException) {
            return String.valueOf(failure.getMessage()).startsWith("READONLY"); // it was the master once
        }
        if (!(failure instanceof JedisConnectionException)) {
            return false;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return false;
            }
        }
        return true;
    }

    private UnifiedJedis client() {
        var open = client.get();
        return open == null ? open(System.nanoTime()) : open;
    }

    /** Whoever waited while another could not open one does not try the same again. */
    private synchronized UnifiedJedis open(long since) {
        var open = client.get();
        if (open != null) {
            return open;
        }
        var failure = whyNot;
        if (failure != null && failedToOpen - since > 0) {
            throw failure;
        }
        try {
            open = clients.open();
            client.set(open);
            whyNot = null;
            return open;
        } catch (JedisException e) {
            whyNot = e;
            failedToOpen = System.nanoTime();
            throw e;
        }
    }

    private void replace(UnifiedJedis stale) {
        if (client.compareAndSet(stale, null)) {
            stale.close(); // what others are doing with its connections they may finish
        }
    }

    @Override
    public void close() {
        outage.close();
        var open = client.get();
        if (open != null) {
            open.close();
        }
    }
}
