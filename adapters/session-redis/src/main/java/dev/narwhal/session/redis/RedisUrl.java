package dev.narwhal.session.redis;

import dev.narwhal.worker.session.StoreException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import redis.clients.jedis.HostAndPort;

/**
 * Where Redis is: {@code redis://[USER@]HOST[:PORT][/DATABASE]}, {@code redis-cluster://HOST:PORT,…}, {@code
 * redis-sentinel://HOST:PORT,…/MASTER}, each with {@code rediss} for TLS, and {@code ?timeout=MILLISECONDS&prefix=WORD}.
 *
 * @param path the database or the master's name; may be empty
 */
record RedisUrl(
        Kind kind,
        boolean tls,
        Optional<String> user,
        Set<HostAndPort> hosts,
        String path,
        Duration timeout,
        String prefix) {

    enum Kind {
        SINGLE(6379),
        SENTINEL(26379),
        CLUSTER(6379);

        private final int port;

        Kind(int port) {
            this.port = port;
        }
    }

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    static RedisUrl parse(String text) {
        var url = URI.create(text);
        var scheme = url.getScheme();
        var kind =
                scheme.endsWith("-sentinel") ? Kind.SENTINEL : scheme.endsWith("-cluster") ? Kind.CLUSTER : Kind.SINGLE;
        var authority = url.getRawAuthority();
        int at = authority.lastIndexOf('@');
        var hosts = new LinkedHashSet<HostAndPort>();
        for (var host : authority.substring(at + 1).split(",", -1)) {
            hosts.add(host(host, kind.port, text));
        }
        var timeout = TIMEOUT;
        var prefix = "narwhal";
        for (var option : Optional.ofNullable(url.getQuery()).orElse("").split("&", -1)) {
            if (option.matches("timeout=[1-9][0-9]{0,5}")) {
                timeout = Duration.ofMillis(Long.parseLong(option.substring("timeout=".length())));
            } else if (option.matches("prefix=[A-Za-z0-9_.:-]{1,100}")) {
                prefix = option.substring("prefix=".length());
            } else if (!option.isEmpty()) {
                throw new StoreException(("reading the session store's URL: the option '%s' is not timeout=MILLISECONDS"
                                + " or prefix=WORD.")
                        .formatted(option));
            }
        }
        var path = Optional.ofNullable(url.getPath()).orElse("").replaceFirst("^/", "");
        if (kind == Kind.SENTINEL && path.isEmpty()) {
            throw new StoreException("reading the session store's URL: the name of the master is missing. Give"
                    + " redis-sentinel://HOST:PORT,HOST:PORT/MASTER.");
        }
        if (kind != Kind.SENTINEL && !path.matches("[0-9]{0,4}")) {
            throw new StoreException(
                    "reading the session store's URL: '%s' is not the number of a database".formatted(path));
        }
        return new RedisUrl(
                kind,
                scheme.startsWith("rediss"),
                at > 0 ? Optional.of(authority.substring(0, at)) : Optional.empty(),
                hosts,
                path,
                timeout,
                prefix);
    }

    private static HostAndPort host(String text, int port, String url) {
        try {
            var one = new URI("redis://" + text);
            if (one.getHost() != null) {
                return new HostAndPort(one.getHost(), one.getPort() < 0 ? port : one.getPort());
            }
        } catch (java.net.URISyntaxException e) {
            throw new StoreException(
                    "reading the session store's URL %s: '%s' is not HOST:PORT".formatted(url, text), e);
        }
        throw new StoreException("reading the session store's URL %s: '%s' is not HOST:PORT".formatted(url, text));
    }

    int database() {
        return kind == Kind.SINGLE && !path.isEmpty() ? Integer.parseInt(path) : 0;
    }
}
