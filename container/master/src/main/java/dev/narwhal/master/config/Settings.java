package dev.narwhal.master.config;

import dev.narwhal.contract.Dispatch;
import dev.narwhal.contract.Network;
import dev.narwhal.contract.WorkerSpec.AccessLog;
import dev.narwhal.contract.WorkerSpec.ClientCertificates;
import dev.narwhal.master.config.Setting.Default;
import dev.narwhal.master.config.Setting.Occurs;
import dev.narwhal.master.config.Setting.Section;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * Every setting of {@code narwhal run}, in the order of the help.
 *
 * <p>A new one is a constant here, its place in {@link #ALL}, and a component of {@link Config}.
 */
public final class Settings {

    public static final Setting<String> WARS = new Setting<>(
            "wars",
            Section.APPLICATIONS,
            List.of(),
            "WAR[=CONTEXT]",
            Syntax.text("WAR or WAR=/CONTEXT"),
            Occurs.LIST,
            Default.unset("none; at least one is needed"),
            """
            A .war file or an exploded directory, and the path it is served at. One without =CONTEXT is served at /; \
            with several, Tomcat's naming holds: shop.war at /shop, ROOT.war at /, a#b.war at /a/b.""");

    public static final Setting<String> LIB = new Setting<>(
            "lib",
            Section.APPLICATIONS,
            List.of("--lib"),
            "JAR|DIR",
            Syntax.text("a .jar file or a directory of them"),
            Occurs.LIST,
            Default.unset("none"),
            """
            Library that every application sees, such as a JDBC driver; repeatable. A directory stands for its .jar files and \
            the classes in it. What a WAR brings itself wins.""");

    public static final Setting<Boolean> NO_MIGRATE = new Setting<>(
            "no-migrate",
            Section.APPLICATIONS,
            List.of("--no-migrate"),
            "",
            Syntax.trueOrFalse(),
            Occurs.SWITCH,
            Default.of("false"),
            """
            Do not migrate a WAR that is written for javax.servlet (Java EE 8 and older) to jakarta.servlet; it is \
            deployed as it is.""");

    public static final Setting<Bind> BIND = new Setting<>(
            "bind",
            Section.LISTENING,
            List.of("-b", "--bind"),
            "[https://]HOST:PORT",
            Syntax.bind(),
            Occurs.LIST,
            Default.of("127.0.0.1:8000"),
            """
            Address to listen on; repeatable. [::1]:8000 is IPv6, :8000 all IPv4 addresses, [::]:8000 all addresses, \
            8000 is 127.0.0.1:8000, and port 0 a free port, which is logged. https:// before it is TLS, with --certfile. fd://3 is a socket that whoever \
            started narwhal left open as file descriptor 3, https+fd://3 the same with TLS. Sockets that systemd passes \
            (LISTEN_FDS) need no bind; of those, one whose name begins with https is TLS.""");

    public static final Setting<String> CERTFILE = new Setting<>(
            "certfile",
            Section.LISTENING,
            List.of("--certfile"),
            "FILE",
            Syntax.text("a file"),
            Occurs.ONCE,
            Default.unset("none; needed for https"),
            """
            Certificate for all https binds, in PEM, followed by those of the authorities between it and the root. Read again \
            at each reload.""");

    public static final Setting<String> KEYFILE = new Setting<>(
            "keyfile",
            Section.LISTENING,
            List.of("--keyfile"),
            "FILE",
            Syntax.text("a file"),
            Occurs.ONCE,
            Default.unset("the file of --certfile"),
            "Private key of the certificate, in PEM (PKCS#8, PKCS#1 or EC).");

    public static final Setting<String> KEYFILE_PASSWORD_FILE = new Setting<>(
            "keyfile-password-file",
            Section.LISTENING,
            List.of("--keyfile-password-file"),
            "FILE",
            Syntax.text("a file"),
            Occurs.ONCE,
            Default.unset("the key is not encrypted"),
            "File whose first line is the password of the key.");

    public static final Setting<String> CA_CERTS = new Setting<>(
            "ca-certs",
            Section.LISTENING,
            List.of("--ca-certs"),
            "FILE",
            Syntax.text("a file"),
            Occurs.ONCE,
            Default.unset("none; needed with --cert-reqs optional or required"),
            "Authorities that sign certificates of clients, in PEM.");

    public static final Setting<ClientCertificates> CERT_REQS = new Setting<>(
            "cert-reqs",
            Section.LISTENING,
            List.of("--cert-reqs"),
            "WORD",
            Syntax.oneOf(
                    words(ClientCertificates.values(), clients -> clients.name().toLowerCase(Locale.ROOT))),
            Occurs.ONCE,
            Default.of("none"),
            """
            Whether clients of https binds show a certificate. required: no connection without; optional: applications with \
            CLIENT-CERT ask for it.""");

    public static final Setting<Integer> BACKLOG = new Setting<>(
            "backlog",
            Section.LISTENING,
            List.of("--backlog"),
            "N",
            Syntax.wholeNumber(1, 65535),
            Occurs.ONCE,
            Default.of("2048"),
            """
            Connections that may wait in the kernel's accept queue of each address; the kernel caps it at \
            net.core.somaxconn.""");

    public static final Setting<WorkerCount> WORKERS = new Setting<>(
            "workers",
            Section.WORKERS,
            List.of("-w", "--workers"),
            "N|MIN..MAX|auto",
            Syntax.workerCount(Plan.MOST_WORKERS),
            Occurs.ONCE,
            Default.of("auto"),
            """
            Worker processes. auto: one if a WAR is not marked <distributable/>, 2 x cores + 1 for sync, otherwise two or \
            half the cores, and never more than fit the memory. MIN..MAX: as many as the load calls for.""");

    public static final Setting<Duration> GROW_AFTER = new Setting<>(
            "grow-after",
            Section.WORKERS,
            List.of("--grow-after"),
            "DURATION",
            DurationSyntax.between(Duration.ofMillis(300), Duration.ofHours(1)),
            Occurs.ONCE,
            Default.of("3s"),
            """
            With --workers MIN..MAX: how long requests must have waited, or the workers been busy, before there is one \
            worker more.""");

    public static final Setting<Duration> SHRINK_AFTER = new Setting<>(
            "shrink-after",
            Section.WORKERS,
            List.of("--shrink-after"),
            "DURATION",
            DurationSyntax.between(Duration.ofSeconds(1), Duration.ofHours(24)),
            Occurs.ONCE,
            Default.of("5m"),
            "With --workers MIN..MAX: how long one worker less must have been enough before there is one less.");

    public static final Setting<DispatchChoice> DISPATCH = new Setting<>(
            "dispatch",
            Section.WORKERS,
            List.of("-k", "--dispatch", "--worker-class"),
            "CLASS",
            Syntax.oneOf(dispatches()),
            Occurs.ONCE,
            Default.of("auto"),
            """
            How a worker runs requests. sync: one at a time; threaded: on a pool of platform threads; virtual: each on a \
            virtual thread; auto: threaded for WARs with native code or if --threads is given, otherwise virtual.""");

    public static final Setting<Integer> THREADS = new Setting<>(
            "threads",
            Section.WORKERS,
            List.of("--threads"),
            "N",
            Syntax.wholeNumber(1, 10_000),
            Occurs.ONCE,
            Default.unset("200"),
            "Requests that a worker runs at once with dispatch threaded.");

    public static final Setting<Integer> MAX_INFLIGHT = new Setting<>(
            "max-inflight",
            Section.WORKERS,
            List.of("--max-inflight"),
            "N",
            Syntax.wholeNumber(1, 1_000_000),
            Occurs.ONCE,
            Default.unset("10000"),
            "Requests that a worker runs at once with dispatch virtual. Further connections wait in the accept queue.");

    public static final Setting<List<String>> JAVA_OPTS = new Setting<>(
            "java-opts",
            Section.WORKERS,
            List.of("--java-opts"),
            "OPTIONS",
            WordSyntax.of("JVM options separated by spaces, such as \"-Xmx1g -Dkey='a b'\""),
            Occurs.TEXTS,
            Default.unset("heap, collector and processors by the worker's share of the machine"),
            """
            JVM options for the workers; repeatable. They win over those Narwhal chooses. In the environment: one text \
            with all of them.""");

    public static final Setting<Map.Entry<String, String>> ENV = new Setting<>(
            "env",
            Section.WORKERS,
            List.of("--env"),
            "KEY=VALUE",
            Syntax.assignment(),
            Occurs.LIST,
            Default.unset("the environment of the master alone"),
            "Environment variable for the workers, beside those of the master; repeatable. In the file also a table [env].");

    public static final Setting<String> ENV_FILE = new Setting<>(
            "env-file",
            Section.WORKERS,
            List.of("--env-file"),
            "FILE",
            Syntax.text("a file"),
            Occurs.ONCE,
            Default.unset("none"),
            """
            File with KEY=VALUE lines, variables for the workers; --env wins over it. Read again at each reload.""");

    public static final Setting<Duration> BOOT_TIMEOUT = new Setting<>(
            "boot-timeout",
            Section.TIME_LIMITS,
            List.of("--boot-timeout"),
            "DURATION",
            DurationSyntax.atLeast(Duration.ofMillis(100)),
            Occurs.ONCE,
            Default.of("60s"),
            "How long a worker may take from its start until it is ready; then it is killed.");

    public static final Setting<Duration> GRACEFUL_TIMEOUT = new Setting<>(
            "graceful-timeout",
            Section.TIME_LIMITS,
            List.of("--graceful-timeout"),
            "DURATION",
            DurationSyntax.atLeast(Duration.ZERO),
            Occurs.ONCE,
            Default.of("30s"),
            "How long a worker may finish its requests when it is stopped or replaced; then it is killed.");

    public static final Setting<Duration> LIVENESS_TIMEOUT = new Setting<>(
            "liveness-timeout",
            Section.TIME_LIMITS,
            List.of("--liveness-timeout"),
            "DURATION",
            DurationSyntax.atLeast(Duration.ofSeconds(1)),
            Occurs.ONCE,
            Default.of("30s"),
            """
            How long a worker may be silent, or serve nobody although somebody waits, before it is replaced. It serves nobody while no request \
            gets a thread, none ends, and no byte is sent for one or read by one. Somebody waits who has sent a request and gets no thread, or, when every \
            place is taken by a thread, a connection in the accept queue. Longer than the worst garbage collection; not a limit for a request \
            that nobody waits for. Time in which the server as a whole stood still does not count.""");

    public static final Setting<Boolean> EXIT_ON_CRASH_LOOP = new Setting<>(
            "exit-on-crash-loop",
            Section.TIME_LIMITS,
            List.of("--exit-on-crash-loop"),
            "",
            Syntax.trueOrFalse(),
            Occurs.SWITCH,
            Default.of("false"),
            """
            Stop with exit code 3 when no worker serves and one after the other dies before it has served for 5 seconds, three in a \
            row. Without it they are respawned for ever, ever more slowly.""");

    public static final Setting<Duration> REQUEST_TIMEOUT = new Setting<>(
            "request-timeout",
            Section.TIME_LIMITS,
            List.of("-t", "--request-timeout", "--timeout"),
            "DURATION",
            DurationSyntax.atLeast(Duration.ZERO),
            Occurs.ONCE,
            Default.of("0s"),
            """
            How long a thread may run a request. Then it is interrupted, and the client gets a 503 unless the response has begun. \
            If the thread goes on, the worker is replaced. 0 is for ever.""");

    public static final Setting<Map.Entry<String, Duration>> REQUEST_TIMEOUT_FOR = new Setting<>(
            "request-timeout-for",
            Section.TIME_LIMITS,
            List.of("--request-timeout-for"),
            "PATTERN=DURATION",
            PathLimitSyntax.of(),
            Occurs.LIST,
            Default.unset("--request-timeout for all"),
            """
            The same for some paths, with their context path: /exact, /prefix/* or *.extension; the closest pattern counts. \
            Repeatable. In the file also a table [request-timeout-for].""");

    public static final Setting<Integer> REQUEST_TIMEOUT_QUEUE = new Setting<>(
            "request-timeout-queue",
            Section.TIME_LIMITS,
            List.of("--request-timeout-queue"),
            "N",
            Syntax.wholeNumber(0, 1_000_000),
            Occurs.ONCE,
            Default.unset("however many wait"),
            """
            Let a request run for longer than --request-timeout until more than so many others wait for a place in its worker, or in the accept \
            queue while all its places are taken.""");

    public static final Setting<Duration> QUEUE_TIMEOUT = new Setting<>(
            "queue-timeout",
            Section.TIME_LIMITS,
            List.of("--queue-timeout"),
            "DURATION",
            DurationSyntax.atLeast(Duration.ZERO),
            Occurs.ONCE,
            Default.of("0s"),
            """
            How long a request may wait for a place; then it is answered 503 with Retry-After. With this or --max-queue, requests wait in the workers \
            when all places of all of them are taken, and not in the accept queue. 0 is for as long as it takes.""");

    public static final Setting<Integer> MAX_QUEUE = new Setting<>(
            "max-queue",
            Section.TIME_LIMITS,
            List.of("--max-queue"),
            "N",
            Syntax.wholeNumber(0, 1_000_000),
            Occurs.ONCE,
            Default.unset("no limit"),
            """
            Requests that may wait for a place in each worker; one more is answered 503 with Retry-After at once.""");

    public static final Setting<Duration> SLOW_REQUEST = new Setting<>(
            "slow-request",
            Section.TIME_LIMITS,
            List.of("--slow-request"),
            "DURATION",
            DurationSyntax.atLeast(Duration.ZERO),
            Occurs.ONCE,
            Default.of("0s"),
            "Log a request that runs for longer, with the place in the code where its thread is. 0 is never.");

    public static final Setting<Duration> KEEP_ALIVE = new Setting<>(
            "keep-alive",
            Section.TIME_LIMITS,
            List.of("--keep-alive"),
            "DURATION",
            DurationSyntax.atLeast(Duration.ofMillis(1)),
            Occurs.ONCE,
            Default.of("75s"),
            "How long an idle connection is kept open. Longer than that of the proxy in front.");

    public static final Setting<Integer> MAX_REQUESTS = new Setting<>(
            "max-requests",
            Section.RECYCLING,
            List.of("--max-requests"),
            "N",
            Syntax.wholeNumber(0, 999_999_999),
            Occurs.ONCE,
            Default.of("0"),
            "Replace a worker after so many requests: against leaks. 0 is never. Looked at once a second, so it may be some more.");

    public static final Setting<Integer> MAX_REQUESTS_JITTER = new Setting<>(
            "max-requests-jitter",
            Section.RECYCLING,
            List.of("--max-requests-jitter"),
            "N",
            Syntax.wholeNumber(0, 999_999_999),
            Occurs.ONCE,
            Default.of("0"),
            "Up to so many requests more, drawn by each worker, so that not all come to the limit at once.");

    public static final Setting<Duration> MAX_LIFETIME = new Setting<>(
            "max-lifetime",
            Section.RECYCLING,
            List.of("--max-lifetime"),
            "DURATION",
            DurationSyntax.between(Duration.ZERO, Duration.ofDays(365)),
            Occurs.ONCE,
            Default.of("0s"),
            "Replace a worker after so long. 0 is never.");

    public static final Setting<Long> MAX_RSS = new Setting<>(
            "max-rss",
            Section.RECYCLING,
            List.of("--max-rss"),
            "SIZE",
            SizeSyntax.upTo(1L << 50),
            Occurs.ONCE,
            Default.unset("no limit"),
            "Replace a worker that has more resident memory of its own (RssAnon of proc(5)), its heap included.");

    public static final Setting<Long> MAX_RSS_HARD = new Setting<>(
            "max-rss-hard",
            Section.RECYCLING,
            List.of("--max-rss-hard"),
            "SIZE",
            SizeSyntax.upTo(1L << 50),
            Occurs.ONCE,
            Default.unset("no limit"),
            """
            Kill a worker that has more, with what it has in flight, before it costs the others their memory. Above --max-rss, by what a worker may \
            grow while another one boots and takes its place.""");

    public static final Setting<String> HEAP_DUMP_DIR = new Setting<>(
            "heap-dump-dir",
            Section.RECYCLING,
            List.of("--heap-dump-dir"),
            "DIRECTORY",
            Syntax.text("a directory"),
            Occurs.ONCE,
            Default.unset("no dump"),
            """
            Where a worker that ends with an OutOfMemoryError leaves its heap, as java_pidN.hprof. It serves nobody while it writes; --liveness-timeout is to be \
            longer than that takes. Created for the owner only.""");

    public static final Setting<Long> HEAP_DUMP_BUDGET = new Setting<>(
            "heap-dump-budget",
            Section.RECYCLING,
            List.of("--heap-dump-budget"),
            "SIZE",
            SizeSyntax.upTo(1L << 50),
            Occurs.ONCE,
            Default.of("8g"),
            """
            What the dumps in --heap-dump-dir may take together: after each, the oldest ones go, and a single one that is larger.""");

    public static final Setting<Integer> MAX_HEAP_AFTER_GC = new Setting<>(
            "max-heap-after-gc",
            Section.RECYCLING,
            List.of("--max-heap-after-gc"),
            "PERCENT",
            Syntax.wholeNumber(0, 99),
            Occurs.ONCE,
            Default.of("0"),
            """
            Replace a worker whose old generation is fuller than this after three garbage collections of it in a row: before \
            a leak ends in an OutOfMemoryError. 0 is never. Looked at once a second.""");

    public static final Setting<Long> MAX_POST_SIZE = new Setting<>(
            "max-post-size",
            Section.REQUESTS,
            List.of("--max-post-size"),
            "SIZE",
            SizeSyntax.upTo(1 << 30),
            Occurs.ONCE,
            Default.of("2m"),
            """
            What the body of a form may take. getParameter throws IllegalStateException for a greater one, and the client gets a \
            413 unless the application does something else. Of an upload only the texts count; not for what applications read \
            themselves.""");

    public static final Setting<Integer> MAX_PARAMETERS = new Setting<>(
            "max-parameters",
            Section.REQUESTS,
            List.of("--max-parameters"),
            "N",
            Syntax.wholeNumber(1, 1_000_000),
            Occurs.ONCE,
            Default.of("1000"),
            "Parameters that a query and a form or an upload may have together. The answer to more is a 400.");

    public static final Setting<String> USERS = new Setting<>(
            "users",
            Section.SECURITY,
            List.of("--users"),
            "FILE",
            Syntax.text("a file"),
            Occurs.ONCE,
            Default.unset("nobody can log in"),
            """
            File with the users that may log in to applications: name=password,role,role, one a line. 'narwhal \
            hash-password' makes a hash that may stand for the password.""");

    public static final Setting<String> REALM_DATA_SOURCE = new Setting<>(
            "realm-data-source",
            Section.SECURITY,
            List.of("--realm-data-source"),
            "NAME",
            Syntax.text("the name of a data source, such as jdbc/users"),
            Occurs.ONCE,
            Default.unset("no users in a database"),
            """
            Data source of a database with users, by the name that applications look up: of narwhal.toml or their own. \
            Asked for users that are not in --users. In the file the realm settings are also a table [realm].""");

    public static final Setting<String> REALM_PASSWORD_QUERY = new Setting<>(
            "realm-password-query",
            Section.SECURITY,
            List.of("--realm-password-query"),
            "SQL",
            query(),
            Occurs.ONCE,
            Default.of("select password from users where name = ?"),
            "Query for the password of a user, or its hash, as in the file of --users.");

    public static final Setting<String> REALM_ROLES_QUERY = new Setting<>(
            "realm-roles-query",
            Section.SECURITY,
            List.of("--realm-roles-query"),
            "SQL",
            query(),
            Occurs.ONCE,
            Default.of("select role from user_roles where name = ?"),
            "Query for the roles of a user, one a row.");

    public static final Setting<Duration> REALM_CACHE = new Setting<>(
            "realm-cache",
            Section.SECURITY,
            List.of("--realm-cache"),
            "DURATION",
            DurationSyntax.atLeast(Duration.ZERO),
            Occurs.ONCE,
            Default.of("10s"),
            """
            How long each worker remembers a user of the database: after it, at the latest, a changed password or role \
            holds. 0 asks at every request.""");

    public static final Setting<Integer> REDIRECT_PORT = new Setting<>(
            "redirect-port",
            Section.SECURITY,
            List.of("--redirect-port"),
            "PORT",
            Syntax.wholeNumber(1, 65535),
            Occurs.ONCE,
            Default.unset("the port of the first https bind; without one such requests are answered 403"),
            """
            Port for TLS, perhaps of a proxy in front, where requests without TLS are redirected for pages whose \
            transport-guarantee is CONFIDENTIAL.""");

    public static final Setting<List<Network>> FORWARDED_ALLOW_IPS = new Setting<>(
            "forwarded-allow-ips",
            Section.SECURITY,
            List.of("--forwarded-allow-ips"),
            "ADDRESSES",
            NetworkSyntax.of(),
            Occurs.LIST,
            new Default.Values(List.of("127.0.0.1", "::1")),
            """
            Proxies whose header X-Forwarded-Proto tells whether a request came by TLS: addresses or networks such as \
            10.0.0.0/8, separated by commas; * for all.""");

    public static final Setting<SessionStorage> SESSIONS = new Setting<>(
            "sessions",
            Section.SESSIONS,
            List.of("--sessions"),
            "STORE",
            SessionStorage.syntax(),
            Occurs.ONCE,
            Default.of("lmdb"),
            """
            Where HTTP sessions are. lmdb: in files in memory that all workers share; memory: in the worker's own memory, for \
            one worker only, and lost with it; redis://HOST:PORT (rediss:// for TLS, redis-sentinel://, redis-cluster://): in Redis \
            or Valkey, for servers on several machines.""");

    public static final Setting<String> SESSION_PASSWORD_FILE = new Setting<>(
            "session-password-file",
            Section.SESSIONS,
            List.of("--session-password-file"),
            "FILE",
            Syntax.text("a file"),
            Occurs.ONCE,
            Default.unset("what the URL of --sessions has"),
            "File whose first line is the password for Redis.");

    public static final Setting<String> SESSION_DIR = new Setting<>(
            "session-dir",
            Section.SESSIONS,
            List.of("--session-dir"),
            "DIRECTORY",
            Syntax.text("a directory"),
            Occurs.ONCE,
            Default.unset("a directory in memory, gone when the server stops"),
            "Where lmdb keeps its files, on a local disk, so that sessions survive a stop and a start. Created for the owner only.");

    public static final Setting<Integer> MAX_SESSIONS = new Setting<>(
            "max-sessions",
            Section.SESSIONS,
            List.of("--max-sessions"),
            "N",
            Syntax.wholeNumber(1, 999_999_999),
            Occurs.ONCE,
            Default.unset("no limit"),
            """
            Live sessions that each application may have. One more is refused: getSession throws IllegalStateException, and the \
            client gets a 503 unless the application does something else.""");

    public static final Setting<Long> MAX_SESSION_SIZE = new Setting<>(
            "max-session-size",
            Section.SESSIONS,
            List.of("--max-session-size"),
            "SIZE",
            SizeSyntax.upTo(1 << 30),
            Occurs.ONCE,
            Default.of("16m"),
            """
            What the attributes of one session may take, serialized. A greater attribute is refused where it is set; a session \
            that has grown beyond keeps what it had, and the request is answered 500.""");

    public static final Setting<Map.Entry<String, String>> SESSION_COOKIE = new Setting<>(
            "session-cookie",
            Section.SESSIONS,
            List.of("--session-cookie"),
            "KEY=VALUE",
            CookieSyntax.of(),
            Occurs.LIST,
            Default.unset("JSESSIONID, HttpOnly, the application's path, Secure for requests by TLS"),
            """
            What holds for the session cookie of applications that do not say it themselves; repeatable. Keys: name, path, \
            domain, same-site, secure, http-only, partitioned, max-age. In the file also a table [session-cookie].""");

    public static final Setting<String> SESSION_ALLOW = new Setting<>(
            "session-allow",
            Section.SESSIONS,
            List.of("--session-allow"),
            "PATTERN",
            FilterSyntax.of(),
            Occurs.LIST,
            Default.unset("every class of the application"),
            """
            Classes that may be read from a stored session, as patterns of jdk.serialFilter such as com.example.**; repeatable. \
            Beside them only the JDK's values and collections are read; an attribute with another class is dropped.""");

    public static final Setting<Boolean> STICKY = new Setting<>(
            "sticky",
            Section.SESSIONS,
            List.of("--sticky"),
            "",
            Syntax.trueOrFalse(),
            Occurs.SWITCH,
            Default.of("false"),
            """
            A session stays with the worker that created it, and other workers hand its requests over: for applications whose \
            sessions hold what cannot be serialized. With it, sessions in memory may have several workers; when one ends, \
            its sessions are gone.""");

    public static final Setting<Integer> SURGE = new Setting<>(
            "surge",
            Section.RELEASES,
            List.of("--surge"),
            "N",
            Syntax.wholeNumber(1, 64),
            Occurs.ONCE,
            Default.of("1"),
            """
            Workers that a reload starts at once, above those that are wanted; there must be memory for them.""");

    public static final Setting<String> WARMUP = new Setting<>(
            "warmup",
            Section.RELEASES,
            List.of("--warmup"),
            "PATH",
            Syntax.requestPath(),
            Occurs.LIST,
            Default.unset("none"),
            """
            Path that a new worker requests of itself before it is ready, as /shop/search?q=x; repeatable. An answer of 500 or more, or \
            none, fails the worker.""");

    public static final Setting<Duration> KEEP_PREVIOUS = new Setting<>(
            "keep-previous",
            Section.RELEASES,
            List.of("--keep-previous"),
            "DURATION",
            DurationSyntax.atLeast(Duration.ZERO),
            Occurs.ONCE,
            Default.of("0s"),
            """
            How long the workers of the release before stay after a reload, paused, so that 'narwhal ctl rollback' has them at once. \
            They keep their memory.""");

    public static final Setting<Duration> CANARY = new Setting<>(
            "canary",
            Section.RELEASES,
            List.of("--canary"),
            "DURATION",
            DurationSyntax.atLeast(Duration.ZERO),
            Occurs.ONCE,
            Default.of("0s"),
            """
            How long the first worker of a new release serves beside the old ones and is watched before it replaces them; 0: not at all.""");

    public static final Setting<Integer> CANARY_ERRORS = new Setting<>(
            "canary-errors",
            Section.RELEASES,
            List.of("--canary-errors"),
            "PERCENT",
            Syntax.wholeNumber(0, 100),
            Occurs.ONCE,
            Default.of("5"),
            """
            A release is taken back if more of its requests fail than of the others, by more than this.""");

    public static final Setting<Integer> CANARY_LATENCY = new Setting<>(
            "canary-latency",
            Section.RELEASES,
            List.of("--canary-latency"),
            "FACTOR",
            Syntax.wholeNumber(0, 1000),
            Occurs.ONCE,
            Default.of("0"),
            """
            A release is taken back if 95 of 100 of its requests take longer than with the others, by more than this factor; 0: however \
            long.""");

    public static final Setting<Integer> CANARY_REQUESTS = new Setting<>(
            "canary-requests",
            Section.RELEASES,
            List.of("--canary-requests"),
            "N",
            Syntax.wholeNumber(1, 1_000_000),
            Occurs.ONCE,
            Default.of("100"),
            """
            Requests that the first worker must have answered to be judged; with fewer it is taken for good.""");

    public static final Setting<Boolean> RELOAD = new Setting<>(
            "reload",
            Section.RELEASES,
            List.of("--reload"),
            "",
            Syntax.trueOrFalse(),
            Occurs.SWITCH,
            Default.of("false"),
            """
            For development: reload by itself when a WAR, a file of an exploded directory or of --lib, or narwhal.toml has changed, \
            and nothing more changes for half a second.""");

    public static final Setting<String> RELOAD_EXTRA = new Setting<>(
            "reload-extra",
            Section.RELEASES,
            List.of("--reload-extra"),
            "GLOB",
            Syntax.text("a pattern of files such as src/**.properties"),
            Occurs.LIST,
            Default.unset("none"),
            "More files that --reload watches, as src/**.properties; repeatable.");

    public static final Setting<LogLevel> LOG_LEVEL = new Setting<>(
            "log-level",
            Section.LOGGING,
            List.of("--log-level"),
            "LEVEL",
            Syntax.oneOf(words(LogLevel.values(), LogLevel::label)),
            Occurs.ONCE,
            Default.of("info"),
            "trace, debug, info, warn or error. Logs go to standard error; stack traces of failed starts only with debug.");

    public static final Setting<LogFormat> LOG_FORMAT = new Setting<>(
            "log-format",
            Section.LOGGING,
            List.of("--log-format"),
            "FORMAT",
            Syntax.oneOf(words(LogFormat.values(), LogFormat::label)),
            Occurs.ONCE,
            Default.of("text"),
            """
            text, or json for one object a line, of the master and of what workers print: time, level or stream, worker, pid, \
            message.""");

    public static final Setting<Boolean> NO_CAPTURE_OUTPUT = new Setting<>(
            "no-capture-output",
            Section.LOGGING,
            List.of("--no-capture-output"),
            "",
            Syntax.trueOrFalse(),
            Occurs.SWITCH,
            Default.of("false"),
            """
            Have workers print to the master's standard output and error themselves, without time, number and pid before each \
            line; for applications whose own log has a form that must stay as it is.""");

    public static final Setting<String> CRASH_DIR = new Setting<>(
            "crash-dir",
            Section.LOGGING,
            List.of("--crash-dir"),
            "DIR",
            Syntax.text("a directory"),
            Occurs.ONCE,
            Default.unset("crashes in the cache directory"),
            "Where the JVM's report (hs_err_pidN.log) and the last words of crashed workers are kept, the newest 40 files.");

    public static final Setting<String> ACCESS_LOGFILE = new Setting<>(
            "access-logfile",
            Section.LOGGING,
            List.of("--access-logfile"),
            "FILE",
            Syntax.text("a file, or - for standard output"),
            Occurs.ONCE,
            Default.unset("no access log"),
            "Where requests are logged; - is standard output.");

    public static final Setting<AccessLog.Format> ACCESS_LOGFORMAT = new Setting<>(
            "access-logformat",
            Section.LOGGING,
            List.of("--access-logformat"),
            "FORMAT",
            Syntax.oneOf(
                    words(AccessLog.Format.values(), format -> format.name().toLowerCase(Locale.ROOT))),
            Occurs.ONCE,
            Default.of("combined"),
            """
            common or combined, as Apache httpd defines them; extended, which is combined and then microseconds in all, \
            microseconds in the queue, slot, pid and request id; or json.""");

    public static final Setting<Duration> LAME_DUCK = new Setting<>(
            "lame-duck",
            Section.TIME_LIMITS,
            List.of("--lame-duck"),
            "DURATION",
            DurationSyntax.between(Duration.ZERO, Duration.ofHours(1)),
            Occurs.ONCE,
            Default.of("0s"),
            """
            How long after TERM the server goes on as before, but for /readyz of --ops, which answers 503: time for a load \
            balancer to notice. INT ends it.""");

    public static final Setting<Map.Entry<String, String>> HOOKS = new Setting<>(
            "hooks",
            Section.MASTER,
            List.of("--hooks"),
            "on-EVENT=COMMAND",
            HookSyntax.of(),
            Occurs.TEXTS,
            Default.unset("none"),
            """
            Shell command to run when something happens, with JSON on its standard input; repeatable. Events: started, ready, \
            worker-ready, worker-exited, reload-ok, reload-failed, stopping. In the file a table [hooks].""");

    public static final Setting<Bind> STATSD = new Setting<>(
            "statsd",
            Section.METRICS,
            List.of("--statsd", "--statsd-host"),
            "HOST:PORT",
            PushSyntax.address(),
            Occurs.ONCE,
            Default.unset("none"),
            "StatsD to which metrics are sent, by UDP: those that /metrics of --ops has.");

    public static final Setting<PushRules.Flavor> STATSD_FLAVOR = new Setting<>(
            "statsd-flavor",
            Section.METRICS,
            List.of("--statsd-flavor"),
            "FLAVOR",
            Syntax.oneOf(words(PushRules.Flavor.values(), PushRules.Flavor::label)),
            Occurs.ONCE,
            Default.of("etsy"),
            """
            How tags are written: datadog (#tag:value), telegraf (name,tag=value), or etsy, where there are none and they are \
            parts of the name (name.tag.value).""");

    public static final Setting<String> STATSD_PREFIX = new Setting<>(
            "statsd-prefix",
            Section.METRICS,
            List.of("--statsd-prefix"),
            "PREFIX",
            PushSyntax.prefix(),
            Occurs.ONCE,
            Default.unset("none"),
            "Before each name, with a dot between them.");

    public static final Setting<URI> OTLP = new Setting<>(
            "otlp",
            Section.METRICS,
            List.of("--otlp"),
            "URL",
            PushSyntax.url(),
            Occurs.ONCE,
            Default.unset("none"),
            """
            Receiver of OpenTelemetry's protocol (OTLP over HTTP, protobuf) to which metrics are sent, such as \
            http://127.0.0.1:4318; without a path it is /v1/metrics.""");

    public static final Setting<Map.Entry<String, String>> OTLP_HEADER = new Setting<>(
            "otlp-header",
            Section.METRICS,
            List.of("--otlp-header"),
            "NAME=VALUE",
            PushSyntax.header(),
            Occurs.TEXTS,
            Default.unset("none"),
            """
            Header for --otlp, repeatable; in the file also a table [otlp-header]. Put a key into the file or into \
            NARWHAL_OTLP_HEADER, since others on the machine can read command lines.""");

    public static final Setting<Duration> METRICS_INTERVAL = new Setting<>(
            "metrics-interval",
            Section.METRICS,
            List.of("--metrics-interval"),
            "DURATION",
            DurationSyntax.between(Duration.ofMillis(100), Duration.ofHours(1)),
            Occurs.ONCE,
            Default.of("10s"),
            "How often metrics are sent to --statsd and --otlp.");

    public static final Setting<Map.Entry<String, String>> METRICS_TAG = new Setting<>(
            "metrics-tag",
            Section.METRICS,
            List.of("--metrics-tag"),
            "KEY=VALUE",
            PushSyntax.tag(),
            Occurs.LIST,
            Default.unset("none"),
            """
            What is said with each number that is sent; repeatable, in the file also a table [metrics-tag]. A tag for StatsD (not \
            etsy), an attribute of the resource for OTLP.""");

    public static final Setting<String> PID = new Setting<>(
            "pid",
            Section.MASTER,
            List.of("-p", "--pid"),
            "FILE",
            Syntax.text("a file"),
            Occurs.ONCE,
            Default.unset("no pid file"),
            "File for the master's process id.");

    public static final Setting<Bind> OPS = new Setting<>(
            "ops",
            Section.MASTER,
            List.of("--ops"),
            "HOST:PORT",
            Syntax.plainBind(),
            Occurs.ONCE,
            Default.unset("none; the control socket has the same"),
            "Address for health and metrics, off the application's port: /livez, /readyz, /metrics (Prometheus).");

    public static final Setting<String> CONTROL_SOCKET = new Setting<>(
            "control-socket",
            Section.MASTER,
            List.of("--control-socket"),
            "PATH",
            Syntax.text("a path"),
            Occurs.ONCE,
            Default.unset("PID.sock in $XDG_RUNTIME_DIR/narwhal or /tmp/narwhal-UID"),
            "Unix socket for 'narwhal ctl', for the owner only.");

    public static final Setting<Boolean> NO_CONTROL_SOCKET = new Setting<>(
            "no-control-socket",
            Section.MASTER,
            List.of("--no-control-socket"),
            "",
            Syntax.trueOrFalse(),
            Occurs.SWITCH,
            Default.of("false"),
            "Open no control socket.");

    public static final Setting<String> CONFIG = new Setting<>(
            "config",
            Section.MASTER,
            List.of("-c", "--config"),
            "FILE",
            Syntax.text("a file"),
            Occurs.ONCE,
            Default.unset("narwhal.toml, if the working directory has one"),
            "Configuration file (TOML). Its keys are the long names of these options; wars = [\"shop.war=/shop\"].");

    public static final List<Setting<?>> ALL = List.of(
            WARS,
            LIB,
            NO_MIGRATE,
            BIND,
            CERTFILE,
            KEYFILE,
            KEYFILE_PASSWORD_FILE,
            CA_CERTS,
            CERT_REQS,
            BACKLOG,
            WORKERS,
            GROW_AFTER,
            SHRINK_AFTER,
            DISPATCH,
            THREADS,
            MAX_INFLIGHT,
            JAVA_OPTS,
            ENV,
            ENV_FILE,
            BOOT_TIMEOUT,
            GRACEFUL_TIMEOUT,
            LAME_DUCK,
            LIVENESS_TIMEOUT,
            EXIT_ON_CRASH_LOOP,
            REQUEST_TIMEOUT,
            REQUEST_TIMEOUT_FOR,
            REQUEST_TIMEOUT_QUEUE,
            QUEUE_TIMEOUT,
            MAX_QUEUE,
            SLOW_REQUEST,
            KEEP_ALIVE,
            MAX_REQUESTS,
            MAX_REQUESTS_JITTER,
            MAX_LIFETIME,
            MAX_RSS,
            MAX_RSS_HARD,
            MAX_HEAP_AFTER_GC,
            HEAP_DUMP_DIR,
            HEAP_DUMP_BUDGET,
            MAX_POST_SIZE,
            MAX_PARAMETERS,
            USERS,
            REALM_DATA_SOURCE,
            REALM_PASSWORD_QUERY,
            REALM_ROLES_QUERY,
            REALM_CACHE,
            REDIRECT_PORT,
            FORWARDED_ALLOW_IPS,
            SESSIONS,
            SESSION_PASSWORD_FILE,
            SESSION_DIR,
            MAX_SESSIONS,
            MAX_SESSION_SIZE,
            SESSION_COOKIE,
            SESSION_ALLOW,
            STICKY,
            SURGE,
            WARMUP,
            KEEP_PREVIOUS,
            CANARY,
            CANARY_ERRORS,
            CANARY_LATENCY,
            CANARY_REQUESTS,
            RELOAD,
            RELOAD_EXTRA,
            LOG_LEVEL,
            LOG_FORMAT,
            NO_CAPTURE_OUTPUT,
            CRASH_DIR,
            ACCESS_LOGFILE,
            ACCESS_LOGFORMAT,
            STATSD,
            STATSD_FLAVOR,
            STATSD_PREFIX,
            OTLP,
            OTLP_HEADER,
            METRICS_INTERVAL,
            METRICS_TAG,
            PID,
            OPS,
            CONTROL_SOCKET,
            NO_CONTROL_SOCKET,
            HOOKS,
            CONFIG);

    private Settings() {}

    /** The setting with that key in the file. */
    static Optional<Setting<?>> named(String name) {
        for (var setting : ALL) {
            if (setting.name().equals(name)) {
                return Optional.of(setting);
            }
        }
        return Optional.empty();
    }

    static List<String> names() {
        return ALL.stream().<String>map(Setting::name).toList();
    }

    private static Syntax<String> query() {
        var expected = "an SQL query with one ?, which stands for the user's name";
        return new Syntax<>(
                expected,
                text -> {
                    if (text.chars().filter(character -> character == '?').count() != 1) {
                        throw new BadValueException("'" + text + "' is not " + expected + ".");
                    }
                    return text;
                },
                text -> text);
    }

    private static SequencedMap<String, DispatchChoice> dispatches() {
        var choices = new LinkedHashMap<String, DispatchChoice>();
        for (var dispatch : Dispatch.values()) {
            choices.put(dispatch.label(), new DispatchChoice.Fixed(dispatch));
        }
        choices.put("auto", new DispatchChoice.Auto());
        return choices;
    }

    private static <E> SequencedMap<String, E> words(E[] values, Function<E, String> word) {
        var words = new LinkedHashMap<String, E>();
        Arrays.stream(values).forEach(value -> words.put(word.apply(value), value));
        return words;
    }
}
