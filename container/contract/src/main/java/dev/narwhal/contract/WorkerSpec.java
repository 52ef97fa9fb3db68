package dev.narwhal.contract;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The command line of a worker: everything the master decides for it. Whatever changes later comes as a signal.
 *
 * @param slot the worker's place in the scoreboard, from 0
 * @param slots how many places the scoreboard has
 * @param generation the release that the worker belongs to, from 1
 * @param listeners the inherited listening sockets
 * @param report the inherited file descriptor that {@link WorkerMessage}s are written to
 * @param scoreboard the inherited file descriptor of the {@link Scoreboard}
 * @param dispatch how requests are run
 * @param threads how many requests run at once on platform threads
 * @param maxInflight how many requests run at once on virtual threads
 * @param bootTimeout how long the worker may take to be ready before the master kills it
 * @param keepAlive how long an idle connection is kept
 * @param gracefulTimeout how long the worker may drain before the master kills it
 * @param wear after what the worker asks to be replaced
 * @param limits how much of a request is taken
 * @param accessLog where to log requests, if at all
 * @param security who may log in, and what tells of TLS
 * @param logLevel SLF4J's name: {@code trace debug info warn error}
 * @param sessions where HTTP sessions are
 * @param sessionRules what sessions may be, and their cookie
 * @param apps the applications to deploy
 * @param libraries JAR files and directories of classes that every application sees
 * @param resources the inherited file descriptor to read {@link ResourceSpec}s from, if there are any
 * @param warmup paths that the worker requests of itself before it is ready
 * @param notice a page that browsers are shown in place of the application's while it is not empty; only for development
 */
public record WorkerSpec(
        int slot,
        int slots,
        int generation,
        List<Listener> listeners,
        int report,
        int scoreboard,
        Dispatch dispatch,
        int threads,
        int maxInflight,
        Duration bootTimeout,
        Duration keepAlive,
        Duration gracefulTimeout,
        Wear wear,
        Limits limits,
        Optional<AccessLog> accessLog,
        Security security,
        String logLevel,
        Sessions sessions,
        SessionRules sessionRules,
        List<App> apps,
        List<Path> libraries,
        OptionalInt resources,
        List<String> warmup,
        Optional<Path> notice) {

    /**
     * A listening socket.
     *
     * @param fd the inherited file descriptor
     * @param bind the address as the operator wrote it, with the real port: {@code 127.0.0.1:8000}, {@code [::1]:8000}
     * @param tls whether its connections begin with a TLS handshake
     */
    public record Listener(int fd, String bind, boolean tls) {

        private static final String HTTPS = "https://";

        private String toArgument() {
            return "listener=" + fd + "=" + (tls ? HTTPS : "") + bind;
        }

        private static Listener ofArgument(String argument) {
            var pair = Arguments.pair(argument);
            boolean tls = pair.getValue().startsWith(HTTPS);
            return new Listener(
                    Integer.parseInt(pair.getKey()),
                    tls ? pair.getValue().substring(HTTPS.length()) : pair.getValue(),
                    tls);
        }
    }

    /**
     * A prepared application.
     *
     * @param contextPath empty for the root, otherwise {@code /name}
     * @param prepared the prepared directory
     */
    public record App(String contextPath, Path prepared) {}

    /**
     * After what a worker asks to be replaced; each is checked once a second.
     *
     * @param requests after so many; 0: never
     * @param requestsJitter up to so many more, drawn by each worker
     * @param lifetime after so long; zero: never
     * @param residentBytes when it has so much in memory, beside what it shares; 0: never
     * @param mostResidentBytes when it has so much, it is killed; 0: never
     * @param heapPercent when collections leave more than this share of the old generation occupied; 0: never
     */
    public record Wear(
            long requests,
            long requestsJitter,
            Duration lifetime,
            long residentBytes,
            long mostResidentBytes,
            int heapPercent) {

        public static final Wear NONE = new Wear(0, 0, Duration.ZERO, 0, 0, 0);

        private String toArgument() {
            return requests + "," + requestsJitter + "," + lifetime + "," + residentBytes + "," + mostResidentBytes
                    + "," + heapPercent;
        }

        private static Wear ofArgument(String argument) {
            var parts = argument.split(",", -1);
            return new Wear(
                    Long.parseLong(parts[0]),
                    Long.parseLong(parts[1]),
                    Duration.parse(parts[2]),
                    Long.parseLong(parts[3]),
                    Long.parseLong(parts[4]),
                    Integer.parseInt(parts[5]));
        }
    }

    /**
     * How much of a request becomes parameters, and how long it may run.
     *
     * @param formBytes what a form may take
     * @param parameters how many a query or a form may have
     * @param times how long
     * @param queue how it waits for its turn
     */
    public record Limits(long formBytes, int parameters, RequestTimes times, Queue queue) {

        /** As without any setting, and in Tomcat. */
        public static final Limits DEFAULT = new Limits(2 << 20, 1000, RequestTimes.NONE, Queue.UNBOUNDED);
    }

    /**
     * The wait for a place in a worker.
     *
     * @param most how long; zero: for as long as it takes
     * @param length how many may wait in each worker
     */
    public record Queue(Duration most, int length) {

        /** Whoever finds no place stays in the kernel's queue. */
        public static final Queue UNBOUNDED = new Queue(Duration.ZERO, Integer.MAX_VALUE);

        public boolean isBounded() {
            return !equals(UNBOUNDED);
        }

        private static Queue ofArguments(Arguments options) {
            return new Queue(
                    options.optional("queue-timeout").map(Duration::parse).orElse(UNBOUNDED.most()),
                    options.optional("max-queue").map(Integer::valueOf).orElse(UNBOUNDED.length()));
        }
    }

    /**
     * How long a thread may run a request. Zero is for ever.
     *
     * @param most before the thread is interrupted
     * @param mostFor the same for requests whose path matches a pattern: {@code /exact}, {@code /prefix/*} or {@code *.extension}
     * @param slow before the log says where the thread is
     * @param mostFrom so many requests have to wait, or the first two do not hold
     * @param still how long a worker may get on with no request while others wait, before it asks to be replaced
     */
    public record RequestTimes(
            Duration most, Map<String, Duration> mostFor, int mostFrom, Duration slow, Duration still) {

        public static final RequestTimes NONE =
                new RequestTimes(Duration.ZERO, Map.of(), 0, Duration.ZERO, Duration.ZERO);

        public RequestTimes {
            mostFor = Map.copyOf(mostFor);
        }

        private void toArguments(List<String> arguments) {
            if (!most.isZero()) {
                arguments.add("request-timeout=" + most);
            }
            mostFor.forEach((pattern, limit) -> arguments.add("request-timeout-for=" + pattern + "=" + limit));
            if (mostFrom > 0) {
                arguments.add("request-timeout-from=" + mostFrom);
            }
            if (!slow.isZero()) {
                arguments.add("slow-request=" + slow);
            }
            if (!still.isZero()) {
                arguments.add("liveness-timeout=" + still);
            }
        }

        private static RequestTimes ofArguments(Arguments options) {
            return new RequestTimes(
                    options.optional("request-timeout").map(Duration::parse).orElse(Duration.ZERO),
                    options.all("request-timeout-for").stream()
                            .map(Arguments::pair)
                            .collect(Collectors.toMap(Map.Entry::getKey, pair -> Duration.parse(pair.getValue()))),
                    options.optional("request-timeout-from")
                            .map(Integer::valueOf)
                            .orElse(0),
                    options.optional("slow-request").map(Duration::parse).orElse(Duration.ZERO),
                    options.optional("liveness-timeout").map(Duration::parse).orElse(Duration.ZERO));
        }
    }

    /**
     * Where requests are logged.
     *
     * @param target a file's absolute path, {@code -} for standard output, or {@code fd:9} for an inherited file descriptor
     */
    public record AccessLog(String target, Format format) {

        private static final String FD = "fd:";

        public boolean toStandardOutput() {
            return target.equals("-");
        }

        /** The same, to what the worker inherits under that number. */
        public AccessLog inherited(int fd) {
            return new AccessLog(FD + fd, format);
        }

        /** The number of the inherited descriptor, if it is one. */
        public OptionalInt inherited() {
            return target.startsWith(FD)
                    ? OptionalInt.of(Integer.parseInt(target.substring(FD.length())))
                    : OptionalInt.empty();
        }

        /**
         * {@code common} and {@code combined} as Apache httpd defines them; {@code extended} is combined with times, worker and request id; {@code json}
         * has one object a line.
         */
        public enum Format {
            COMMON,
            COMBINED,
            EXTENDED,
            JSON
        }
    }

    /**
     * What the server knows that the security constraints of applications need.
     *
     * @param users the file with the users, if there is one
     * @param database the database with users, asked for names that the file does not have
     * @param redirectPort the port of TLS that users are sent to
     * @param forwardedAllowIps the proxies whose {@code X-Forwarded-Proto} counts: by their addresses
     * @param tls what the listeners with TLS need
     */
    public record Security(
            Optional<Path> users,
            Optional<UserDatabase> database,
            Optional<Integer> redirectPort,
            List<Network> forwardedAllowIps,
            Optional<Tls> tls) {

        /** Nobody may log in, and no proxy is believed. */
        public static final Security NONE =
                new Security(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());

        public Security {
            forwardedAllowIps = List.copyOf(forwardedAllowIps);
        }

        /** The same with other files of TLS. */
        public Security with(Optional<Tls> other) {
            return new Security(users, database, redirectPort, forwardedAllowIps, other);
        }

        /** The same with that port to redirect to, unless one was given. */
        public Security orRedirectTo(Optional<Integer> port) {
            return redirectPort.isPresent() ? this : new Security(users, database, port, forwardedAllowIps, tls);
        }
    }

    /**
     * The files of TLS, all in PEM, and what is asked of clients.
     *
     * @param certificates the server's certificate first, then those of the authorities that lead to the root
     * @param key of the first certificate; may be the same file
     * @param keyPassword has the password of the key in its first line, if it is encrypted
     * @param authorities who signs the certificates of clients
     * @param clients whether clients show one
     */
    public record Tls(
            Path certificates,
            Path key,
            Optional<Path> keyPassword,
            Optional<Path> authorities,
            ClientCertificates clients) {}

    /** Whether a client has to show a certificate. */
    public enum ClientCertificates {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    /**
     * A database with users.
     *
     * @param dataSource what applications look up below {@code java:comp/env/}: {@code jdbc/users}
     * @param passwordQuery gives the password of the user with the name that is its one parameter
     * @param rolesQuery gives the user's roles, one a row
     * @param cache how long a worker remembers a user
     */
    public record UserDatabase(String dataSource, String passwordQuery, String rolesQuery, Duration cache) {}

    /**
     * Where HTTP sessions are.
     *
     * @param store the word for it: {@code lmdb}, {@code memory}, {@code redis}
     * @param directory for a store that has files; it exists and is the owner's only
     * @param bytes the most that such a store may take
     * @param alone whether no other worker shares the sessions, but for the moments in which one replaces another
     * @param redis where that is; without its password
     * @param password the inherited file descriptor to read that from, if there is one
     */
    public record Sessions(
            String store,
            Optional<Path> directory,
            long bytes,
            boolean alone,
            Optional<RedisUrl> redis,
            OptionalInt password) {

        /** On this machine. */
        public Sessions(String store, Optional<Path> directory, long bytes, boolean alone) {
            this(store, directory, bytes, alone, Optional.empty(), OptionalInt.empty());
        }
    }

    /**
     * What holds for the sessions of each application, wherever they are.
     *
     * @param most how many an application may have; 0 for no limit
     * @param mostBytes how much one may take, serialized
     * @param allow which classes may be read, in the syntax of {@code jdk.serialFilter}; none for all
     * @param cookie the server's defaults for the session cookie, by the names of the setting: {@code same-site=Lax}
     * @param sticky whether a session stays with the worker that created it, for as long as that lives
     */
    public record SessionRules(
            int most, long mostBytes, List<String> allow, Map<String, String> cookie, boolean sticky) {

        /** As without any setting. */
        public static final SessionRules DEFAULT = new SessionRules(0, 16 << 20, List.of(), Map.of(), false);

        public SessionRules {
            allow = List.copyOf(allow);
            cookie = Map.copyOf(cookie);
        }
    }

    public WorkerSpec {
        listeners = List.copyOf(listeners);
        apps = List.copyOf(apps);
        libraries = List.copyOf(libraries);
        warmup = List.copyOf(warmup);
    }

    /** How many requests the worker runs at once. */
    public int permits() {
        return switch (dispatch) {
            case SYNC -> 1;
            case THREADED -> threads;
            case VIRTUAL -> maxInflight;
        };
    }

    public List<String> toArguments() {
        var arguments = new ArrayList<String>();
        arguments.add("slot=" + slot);
        arguments.add("slots=" + slots);
        arguments.add("generation=" + generation);
        listeners.forEach(listener -> arguments.add(listener.toArgument()));
        arguments.add("report=" + report);
        arguments.add("scoreboard=" + scoreboard);
        arguments.add("dispatch=" + dispatch.label());
        arguments.add("threads=" + threads);
        arguments.add("max-inflight=" + maxInflight);
        arguments.add("boot-timeout=" + bootTimeout);
        arguments.add("keep-alive=" + keepAlive);
        arguments.add("graceful-timeout=" + gracefulTimeout);
        if (!wear.equals(Wear.NONE)) {
            arguments.add("wear=" + wear.toArgument());
        }
        arguments.add("form-bytes=" + limits.formBytes());
        arguments.add("parameters=" + limits.parameters());
        limits.times().toArguments(arguments);
        if (limits.queue().isBounded()) {
            arguments.add("queue-timeout=" + limits.queue().most());
            arguments.add("max-queue=" + limits.queue().length());
        }
        accessLog.ifPresent(log -> arguments.add("access-log=" + log.format() + "=" + log.target()));
        security.users().ifPresent(users -> arguments.add("users=" + users));
        security.database().ifPresent(database -> {
            arguments.add("realm-data-source=" + database.dataSource());
            arguments.add("realm-password-query=" + database.passwordQuery());
            arguments.add("realm-roles-query=" + database.rolesQuery());
            arguments.add("realm-cache=" + database.cache());
        });
        security.redirectPort().ifPresent(port -> arguments.add("redirect-port=" + port));
        security.forwardedAllowIps().forEach(address -> arguments.add("forwarded-allow-ip=" + address));
        security.tls().ifPresent(tls -> {
            arguments.add("tls-certificates=" + tls.certificates());
            arguments.add("tls-key=" + tls.key());
            tls.keyPassword().ifPresent(file -> arguments.add("tls-key-password=" + file));
            tls.authorities().ifPresent(file -> arguments.add("tls-authorities=" + file));
            arguments.add("tls-clients=" + tls.clients());
        });
        arguments.add("log-level=" + logLevel);
        arguments.add("sessions=" + sessions.store());
        sessions.directory().ifPresent(directory -> arguments.add("session-directory=" + directory));
        arguments.add("session-bytes=" + sessions.bytes());
        arguments.add("session-alone=" + sessions.alone());
        sessions.redis().ifPresent(url -> arguments.add("session-redis=" + url));
        sessions.password().ifPresent(fd -> arguments.add("session-password=" + fd));
        arguments.add("session-most=" + sessionRules.most());
        arguments.add("session-most-bytes=" + sessionRules.mostBytes());
        arguments.add("session-sticky=" + sessionRules.sticky());
        sessionRules.allow().forEach(pattern -> arguments.add("session-allow=" + pattern));
        sessionRules.cookie().forEach((key, value) -> arguments.add("session-cookie=" + key + "=" + value));
        apps.forEach(app -> arguments.add("app=" + app.contextPath() + "=" + app.prepared()));
        libraries.forEach(library -> arguments.add("library=" + library));
        resources.ifPresent(fd -> arguments.add("resources=" + fd));
        warmup.forEach(path -> arguments.add("warmup=" + path));
        notice.ifPresent(page -> arguments.add("notice=" + page));
        return arguments;
    }

    public static WorkerSpec ofArguments(List<String> arguments) {
        var options = new Arguments(arguments);
        return new WorkerSpec(
                Integer.parseInt(options.one("slot")),
                Integer.parseInt(options.one("slots")),
                Integer.parseInt(options.one("generation")),
                options.all("listener").stream().map(Listener::ofArgument).toList(),
                Integer.parseInt(options.one("report")),
                Integer.parseInt(options.one("scoreboard")),
                Dispatch.ofLabel(options.one("dispatch")),
                Integer.parseInt(options.one("threads")),
                Integer.parseInt(options.one("max-inflight")),
                Duration.parse(options.one("boot-timeout")),
                Duration.parse(options.one("keep-alive")),
                Duration.parse(options.one("graceful-timeout")),
                options.optional("wear").map(Wear::ofArgument).orElse(Wear.NONE),
                new Limits(
                        options.optional("form-bytes").map(Long::valueOf).orElse(Limits.DEFAULT.formBytes()),
                        options.optional("parameters").map(Integer::valueOf).orElse(Limits.DEFAULT.parameters()),
                        RequestTimes.ofArguments(options),
                        Queue.ofArguments(options)),
                options.optional("access-log")
                        .map(Arguments::pair)
                        .map(pair -> new AccessLog(pair.getValue(), AccessLog.Format.valueOf(pair.getKey()))),
                new Security(
                        options.optional("users").map(Path::of),
                        options.optional("realm-data-source")
                                .map(name -> new UserDatabase(
                                        name,
                                        options.one("realm-password-query"),
                                        options.one("realm-roles-query"),
                                        Duration.parse(options.one("realm-cache")))),
                        options.optional("redirect-port").map(Integer::valueOf),
                        options.all("forwarded-allow-ip").stream()
                                .map(Network::parse)
                                .toList(),
                        options.optional("tls-certificates")
                                .map(certificates -> new Tls(
                                        Path.of(certificates),
                                        Path.of(options.one("tls-key")),
                                        options.optional("tls-key-password").map(Path::of),
                                        options.optional("tls-authorities").map(Path::of),
                                        ClientCertificates.valueOf(options.one("tls-clients"))))),
                options.one("log-level"),
                new Sessions(
                        options.one("sessions"),
                        options.optional("session-directory").map(Path::of),
                        Long.parseLong(options.one("session-bytes")),
                        Boolean.parseBoolean(options.one("session-alone")),
                        options.optional("session-redis").map(RedisUrl::parse),
                        number(options.optional("session-password"))),
                new SessionRules(
                        options.optional("session-most").map(Integer::valueOf).orElse(SessionRules.DEFAULT.most()),
                        options.optional("session-most-bytes")
                                .map(Long::valueOf)
                                .orElse(SessionRules.DEFAULT.mostBytes()),
                        options.all("session-allow"),
                        options.all("session-cookie").stream()
                                .map(Arguments::pair)
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                        options.optional("session-sticky").map(Boolean::valueOf).orElse(false)),
                options.all("app").stream()
                        .map(Arguments::pair)
                        .map(pair -> new App(pair.getKey(), Path.of(pair.getValue())))
                        .toList(),
                options.all("library").stream().map(Path::of).toList(),
                number(options.optional("resources")),
                options.all("warmup"),
                options.optional("notice").map(Path::of));
    }

    private static OptionalInt number(Optional<String> text) {
        return text.isPresent() ? OptionalInt.of(Integer.parseInt(text.get())) : OptionalInt.empty();
    }
}
