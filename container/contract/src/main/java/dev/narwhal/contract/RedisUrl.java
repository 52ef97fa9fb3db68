package dev.narwhal.contract;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where Redis or Valkey is, and how to talk to it: {@code redis://[USER[:PASSWORD]@]HOST[:PORT][/DATABASE]}, {@code
 * redis-sentinel://HOST[:PORT],…/MASTER[/DATABASE]}, {@code redis-cluster://HOST[:PORT],…}; {@code rediss} in place of {@code redis} for TLS.
 * Options follow a question mark: {@code timeout=2s}, {@code prefix=narwhal}, {@code ca=/etc/redis-ca.pem}.
 *
 * @param tls whether connections are encrypted, and the server's certificate is checked
 * @param user empty for Redis's own default
 * @param password not part of {@link #toString()}
 * @param hosts at least one; one only of {@link Kind#SINGLE}
 * @param master what the sentinels call it; empty for the other kinds
 * @param timeout the longest wait for a connection, and again for an answer
 * @param prefix what the names of all keys begin with: servers with the same one share their sessions
 * @param authorities certificates in PEM that are trusted in place of the JDK's
 */
public record RedisUrl(
        Kind kind,
        boolean tls,
        Optional<String> user,
        Optional<String> password,
        List<Host> hosts,
        Optional<String> master,
        int database,
        Duration timeout,
        String prefix,
        Optional<Path> authorities) {

    /** What answers at the hosts. */
    public enum Kind {
        /** One server, or a name that always leads to the one that may be written. */
        SINGLE("", 6379),
        /** Sentinels, which know the master. */
        SENTINEL("-sentinel", 26379),
        /** Some nodes of a cluster, which know the others. */
        CLUSTER("-cluster", 6379);

        private final String suffix;
        private final int port;

        Kind(String suffix, int port) {
            this.suffix = suffix;
            this.port = port;
        }
    }

    /**
     * A machine and a port.
     *
     * @param name or an address; one of IPv6 without brackets
     */
    public record Host(String name, int port) {

        @Override
        public String toString() {
            return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
        }
    }

    /** What to write; for messages. */
    public static final String FORMS =
            "redis://[USER[:PASSWORD]@]HOST[:PORT][/DATABASE], redis-sentinel://HOST[:PORT],…/MASTER or redis-cluster://HOST[:PORT],…,"
                    + " with rediss for TLS";

    private static final Pattern URL = Pattern.compile(
            "redis(?<tls>s?)(?<kind>|-sentinel|-cluster)://(?:(?<login>.*)@)?(?<hosts>[^/?@]*)(?:/(?<path>[^?@]*))?(?:\\?(?<options>[^@]*))?");
    private static final Pattern HOST =
            Pattern.compile("(?:\\[(?<ipv6>[0-9A-Fa-f:.]+)]|(?<name>[A-Za-z0-9._-]+))(?::(?<port>[0-9]{1,5}))?");
    private static final Pattern TIMEOUT = Pattern.compile("([1-9][0-9]{0,4})(ms|s)");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_.:-]{1,100}");
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(2);
    private static final String USUAL_PREFIX = "narwhal";
    private static final int MOST_PORT = 65_535;

    public RedisUrl {
        hosts = List.copyOf(hosts);
    }

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException with what was found and what to write, never with the password
     */
    public static RedisUrl parse(String text) {
        var url = URL.matcher(text);
        if (!url.matches()) {
            throw wrong(
                    "the URL begins with '%s'".formatted(text.replaceFirst("(:/{0,2}).*", "$1")),
                    "Write " + FORMS + ".");
        }
        var kind = kind(url.group("kind"));
        var login = Optional.ofNullable(url.group("login"));
        var path = Optional.ofNullable(url.group("path")).orElse("");
        var options = Options.parse(Optional.ofNullable(url.group("options")).orElse(""));
        boolean tls = !url.group("tls").isEmpty();
        if (options.authorities.isPresent() && !tls) {
            throw wrong("the URL has ca= and no TLS", "Begin it with rediss, or leave ca= out.");
        }
        return new RedisUrl(
                kind,
                tls,
                login.flatMap(RedisUrl::user),
                login.flatMap(RedisUrl::password),
                hosts(kind, url.group("hosts")),
                kind == Kind.SENTINEL ? Optional.of(master(path)) : Optional.empty(),
                database(kind, path),
                options.timeout,
                options.prefix,
                options.authorities);
    }

    private static Kind kind(String suffix) {
        for (var kind : Kind.values()) {
            if (kind.suffix.equals(suffix)) {
                return kind;
            }
        }
        throw new IllegalStateException("no kind has the suffix " + suffix);
    }

    private static Optional<String> user(String login) {
        return text(login.split(":", 2)[0]);
    }

    private static Optional<String> password(String login) {
        int colon = login.indexOf(':');
        return colon < 0 ? Optional.empty() : text(login.substring(colon + 1));
    }

    private static Optional<String> text(String encoded) {
        try {
            // A plus is a plus; only forms write a space so.
            var text = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        } catch (IllegalArgumentException e) {
            throw wrong(
                    "what is before the @ has a % that does not begin a code",
                    "Write %25 for %, %40 for @, %3A for :.");
        }
    }

    private static List<Host> hosts(Kind kind, String text) {
        var hosts = new ArrayList<Host>();
        for (var part : text.split(",", -1)) {
            hosts.add(host(kind, part));
        }
        if (kind == Kind.SINGLE && hosts.size() > 1) {
            throw wrong(
                    "the URL names %d hosts".formatted(hosts.size()),
                    "Write redis-cluster:// or redis-sentinel:// for several, or name one.");
        }
        return hosts;
    }

    private static Host host(Kind kind, String text) {
        var host = HOST.matcher(text);
        if (!host.matches()) {
            throw wrong(
                    text.isEmpty() ? "the URL names no host" : "'%s' is no host".formatted(text),
                    "Write HOST or HOST:PORT.");
        }
        int port = group(host, "port").map(Integer::parseInt).orElse(kind.port);
        if (port < 1 || port > MOST_PORT) {
            throw wrong("the port is %d".formatted(port), "Write one from 1 to 65535.");
        }
        return new Host(group(host, "ipv6").or(() -> group(host, "name")).orElseThrow(), port);
    }

    private static Optional<String> group(Matcher matcher, String name) {
        return Optional.ofNullable(matcher.group(name));
    }

    private static String master(String path) {
        var master = path.split("/", 2)[0];
        if (master.isBlank()) {
            throw wrong("the URL does not name the master", "Write redis-sentinel://HOST:PORT,HOST:PORT/MASTER.");
        }
        return master;
    }

    private static int database(Kind kind, String path) {
        var text = kind == Kind.SENTINEL ? path.replaceFirst("^[^/]*/?", "") : path;
        if (text.isEmpty()) {
            return 0;
        }
        if (!text.matches("[0-9]{1,4}")) {
            throw wrong("'%s' is no database".formatted(text), "Write a number, such as /0.");
        }
        int database = Integer.parseInt(text);
        if (kind == Kind.CLUSTER && database != 0) {
            throw wrong("a cluster has no database %d".formatted(database), "Leave /%d out.".formatted(database));
        }
        return database;
    }

    private static final class Options {
        private Duration timeout = USUAL_TIMEOUT;
        private String prefix = USUAL_PREFIX;
        private Optional<Path> authorities = Optional.empty();

        private static Options parse(String text) {
            var options = new Options();
            for (var option : text.split("&", -1)) {
                if (!option.isEmpty()) {
                    options.add(option);
                }
            }
            return options;
        }

        private void add(String option) {
            var pair = option.split("=", 2);
            var value = pair.length == 2 ? pair[1] : "";
            switch (pair[0]) {
                case "timeout" -> timeout = timeout(value);
                case "prefix" -> prefix = prefix(value);
                case "ca" -> authorities = Optional.of(file(value));
                default ->
                    throw wrong(
                            "it has no option '%s'".formatted(pair[0]),
                            "Write timeout=, prefix= or ca=, separated by &.");
            }
        }

        private static Duration timeout(String text) {
            var timeout = TIMEOUT.matcher(text);
            if (!timeout.matches()) {
                throw wrong("timeout=%s is no duration".formatted(text), "Write timeout=500ms or timeout=2s.");
            }
            long number = Long.parseLong(timeout.group(1));
            return timeout.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
        }

        private static String prefix(String text) {
            if (!PREFIX.matcher(text).matches()) {
                throw wrong("prefix=%s is no word".formatted(text), "Write up to 100 of A-Z a-z 0-9 _ . : -.");
            }
            return text;
        }

        private static Path file(String text) {
            if (!text.startsWith("/")) {
                throw wrong("ca=%s is not absolute".formatted(text), "Write ca=/DIRECTORY/FILE.pem.");
            }
            return Path.of(text);
        }
    }

    private static IllegalArgumentException wrong(String found, String write) {
        return new IllegalArgumentException(found + ". " + write);
    }

    public RedisUrl withPassword(Optional<String> password) {
        return new RedisUrl(kind, tls, user, password, hosts, master, database, timeout, prefix, authorities);
    }

    /** Can be read again; what stands for a password cannot. */
    @Override
    public String toString() {
        var text = new StringBuilder("redis")
                .append(tls ? "s" : "")
                .append(kind.suffix)
                .append("://")
                .append(user.map(RedisUrl::encoded).orElse(""))
                .append(password.isPresent() ? ":********" : "")
                .append(user.isPresent() || password.isPresent() ? "@" : "")
                .append(String.join(",", hosts.stream().map(Host::toString).toList()));
        master.ifPresent(name -> text.append('/').append(name));
        if (database != 0) {
            text.append("/").append(database);
        }
        var options = new ArrayList<String>();
        if (!timeout.equals(USUAL_TIMEOUT)) {
            options.add("timeout=" + timeout.toMillis() + "ms");
        }
        if (!prefix.equals(USUAL_PREFIX)) {
            options.add("prefix=" + prefix);
        }
        authorities.ifPresent(file -> options.add("ca=" + file));
        return text + (options.isEmpty() ? "" : "?" + String.join("&", options));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
