package dev.narwhal.session.redis;

import dev.narwhal.contract.RedisUrl;
import dev.narwhal.worker.session.StoreException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.LinkedHashSet;
import java.util.Set;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.UnifiedJedis;

/** Makes clients of one Redis. Each has a pool of connections, and nothing in it waits for longer than the URL says. */
final class Clients {

    private static final int CONNECTIONS = 32;

    /** Nodes of a cluster that are asked before a call fails. */
    private static final int ATTEMPTS = 3;

    /** Of what is in memory for a moment, and no secret. */
    private static final char[] STORE_PASSWORD = "certificates".toCharArray();

    private static final String STORE_TYPE = "PKCS12";

    private final RedisUrl url;
    private final DefaultJedisClientConfig server;
    private final DefaultJedisClientConfig sentinel;

    /** @throws StoreException if the certificates that the URL names cannot be read */
    Clients(RedisUrl url) {
        this.url = url;
        var config = base(url).database(url.database());
        url.user().ifPresent(config::user);
        url.password().ifPresent(config::password);
        this.server = config.build();
        this.sentinel = base(url).build();
    }

    private static DefaultJedisClientConfig.Builder base(RedisUrl url) {
        var config = DefaultJedisClientConfig.builder()
                .resp2()
                .timeoutMillis(Math.toIntExact(url.timeout().toMillis()));
        return url.tls() ? config.sslOptions(tls(url)) : config;
    }

    private static SslOptions tls(RedisUrl url) {
        var options = SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL);
        url.authorities().ifPresent(file -> {
            var trusted = trusted(file);
            options.trustStoreType(STORE_TYPE).truststore(() -> new ByteArrayInputStream(trusted), STORE_PASSWORD);
        });
        return options.build();
    }

    /** A key store, since Jedis takes nothing else. */
    private static byte[] trusted(Path authorities) {
        try (var in = Files.newInputStream(authorities)) {
            var store = KeyStore.getInstance(STORE_TYPE);
            store.load(null, null);
            int number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry(Integer.toString(number++), certificate);
            }
            var bytes = new ByteArrayOutputStream();
            store.store(bytes, STORE_PASSWORD);
            return bytes.toByteArray();
        } catch (IOException | GeneralSecurityException e) {
            throw new StoreException(
                    "reading certificates for Redis from %s: %s. Give ca= a file in PEM."
                            .formatted(authorities, e.getMessage()),
                    e);
        }
    }

    /** Asks sentinels and nodes of a cluster for the others; a single server is not connected to yet. */
    UnifiedJedis open() {
        return switch (url.kind()) {
            case SINGLE ->
                RedisClient.builder()
                        .hostAndPort(hosts().iterator().next())
                        .clientConfig(server)
                        .poolConfig(pool())
                        .build();
            case SENTINEL ->
                RedisSentinelClient.builder()
                        .masterName(url.master().orElseThrow())
                        .sentinels(hosts())
                        .clientConfig(server)
                        .sentinelClientConfig(sentinel)
                        .poolConfig(pool())
                        .build();
            case CLUSTER ->
                RedisClusterClient.builder()
                        .nodes(hosts())
                        .maxAttempts(ATTEMPTS)
                        .maxTotalRetriesDuration(url.timeout())
                        .clientConfig(server)
                        .poolConfig(pool())
                        .build();
        };
    }

    private Set<HostAndPort> hosts() {
        var hosts = new LinkedHashSet<HostAndPort>();
        url.hosts().forEach(host -> hosts.add(new HostAndPort(host.name(), host.port())));
        return hosts;
    }

    private ConnectionPoolConfig pool() {
        var pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS);
        pool.setMaxIdle(CONNECTIONS);
        pool.setMaxWait(url.timeout());
        pool.setJmxEnabled(false);
        return pool;
    }
}
