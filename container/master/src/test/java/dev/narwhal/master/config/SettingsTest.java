package dev.narwhal.master.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.contract.Dispatch;
import dev.narwhal.contract.Network;
import dev.narwhal.contract.WorkerSpec;
import dev.narwhal.contract.WorkerSpec.AccessLog;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The same tests for every setting: its default, its value from each source, and what a bad value is told. */
class SettingsTest {

    /**
     * A setting's sample.
     *
     * @param byDefault the component of {@link Config} when nobody gives the setting
     * @param text a value other than the default
     * @param toml the same in a file
     * @param value the same in {@link Config}
     * @param bad what is no value
     * @param complaint the whole message about it, without the source
     */
    record Sample(
            Setting<?> setting,
            Function<Config, Object> component,
            Object byDefault,
            String text,
            String toml,
            Object value,
            String bad,
            String complaint) {

        @Override
        public String toString() {
            return setting.name();
        }
    }

    static final List<Sample> SAMPLES = List.of(
            new Sample(
                    Settings.NO_MIGRATE,
                    Config::noMigrate,
                    false,
                    "true",
                    "true",
                    true,
                    "maybe",
                    "'maybe' is not one of true, false."),
            new Sample(
                    Settings.LIB,
                    config -> config.libraries().size(),
                    0,
                    ".",
                    "[\".\"]",
                    1,
                    " ",
                    "the value is empty. Give a .jar file or a directory of them."),
            new Sample(
                    Settings.BIND,
                    Config::binds,
                    List.of(new Bind("127.0.0.1", 8000)),
                    "[::1]:9000",
                    "[\"[::1]:9000\"]",
                    List.of(new Bind("::1", 9000)),
                    "localhost",
                    "'localhost' has no port. Give localhost:8000."),
            new Sample(
                    Settings.BACKLOG,
                    Config::backlog,
                    2048,
                    "5",
                    "5",
                    5,
                    "0",
                    "'0' is not a whole number from 1 to 65535."),
            new Sample(
                    Settings.WORKERS,
                    Config::workers,
                    new WorkerCount.Auto(),
                    "3",
                    "3",
                    new WorkerCount.Exactly(3),
                    "many",
                    "'many' is not a whole number from 1 to 512, two of them such as 2..8, or auto."),
            new Sample(
                    Settings.GROW_AFTER,
                    config -> config.pace().grow(),
                    Duration.ofSeconds(3),
                    "500ms",
                    "\"500ms\"",
                    Duration.ofMillis(500),
                    "0",
                    "'0' is not a duration from 300ms to 1h, such as 30 or 30s, 500ms, 2m."),
            new Sample(
                    Settings.SHRINK_AFTER,
                    config -> config.pace().shrink(),
                    Duration.ofMinutes(5),
                    "1h",
                    "\"1h\"",
                    Duration.ofHours(1),
                    "soon",
                    "'soon' is not a duration from 1s to 24h, such as 30 or 30s, 500ms, 2m."),
            new Sample(
                    Settings.DISPATCH,
                    Config::dispatch,
                    new DispatchChoice.Auto(),
                    "threaded",
                    "\"threaded\"",
                    new DispatchChoice.Fixed(Dispatch.THREADED),
                    "snyc",
                    "'snyc' is not one of sync, threaded, virtual, auto. Did you mean 'sync'?"),
            new Sample(
                    Settings.THREADS,
                    Config::threads,
                    OptionalInt.empty(),
                    "50",
                    "50",
                    OptionalInt.of(50),
                    "-1",
                    "'-1' is not a whole number from 1 to 10000."),
            new Sample(
                    Settings.MAX_INFLIGHT,
                    Config::maxInflight,
                    OptionalInt.empty(),
                    "100",
                    "100",
                    OptionalInt.of(100),
                    "1e3",
                    "'1e3' is not a whole number from 1 to 1000000."),
            new Sample(
                    Settings.JAVA_OPTS,
                    Config::javaOpts,
                    List.of(),
                    "-Xmx1g -Da='b c'",
                    "[\"-Xmx1g\", \"-Da='b c'\"]",
                    List.of("-Xmx1g", "-Da=b c"),
                    "-Da='b",
                    "the quote ' in -Da='b is not closed."),
            new Sample(
                    Settings.ENV,
                    Config::env,
                    Map.of(),
                    "TZ=UTC",
                    "{TZ = \"UTC\"}",
                    Map.of("TZ", "UTC"),
                    "=UTC",
                    "'=UTC' is not KEY=VALUE."),
            new Sample(
                    Settings.ENV_FILE,
                    config -> config.env(),
                    Map.of(),
                    "/dev/null",
                    "\"/dev/null\"",
                    Map.of(),
                    "",
                    "the value is empty. Give a file."),
            new Sample(
                    Settings.BOOT_TIMEOUT,
                    Config::bootTimeout,
                    Duration.ofSeconds(60),
                    "2m",
                    "\"2m\"",
                    Duration.ofMinutes(2),
                    "0",
                    "'0' is not a duration from 100ms to 24h, such as 30 or 30s, 500ms, 2m."),
            new Sample(
                    Settings.GRACEFUL_TIMEOUT,
                    Config::gracefulTimeout,
                    Duration.ofSeconds(30),
                    "0",
                    "0",
                    Duration.ZERO,
                    "soon",
                    "'soon' is not a duration from 0s to 24h, such as 30 or 30s, 500ms, 2m."),
            new Sample(
                    Settings.LIVENESS_TIMEOUT,
                    Config::livenessTimeout,
                    Duration.ofSeconds(30),
                    "45",
                    "45",
                    Duration.ofSeconds(45),
                    "999ms",
                    "'999ms' is not a duration from 1s to 24h, such as 30 or 30s, 500ms, 2m."),
            new Sample(
                    Settings.REQUEST_TIMEOUT,
                    config -> config.limits().times().most(),
                    Duration.ZERO,
                    "2m",
                    "120",
                    Duration.ofMinutes(2),
                    "never",
                    "'never' is not a duration from 0s to 24h, such as 30 or 30s, 500ms, 2m."),
            new Sample(
                    Settings.EXIT_ON_CRASH_LOOP,
                    Config::exitOnCrashLoop,
                    false,
                    "true",
                    "true",
                    true,
                    "yes",
                    "'yes' is not one of true, false."),
            new Sample(
                    Settings.REQUEST_TIMEOUT_FOR,
                    config -> config.limits().times().mostFor(),
                    Map.of(),
                    "/reports/*=10m",
                    "{ \"/reports/*\" = \"10m\" }",
                    Map.of("/reports/*", Duration.ofMinutes(10)),
                    "reports=10m",
                    "'reports' is none of /exact, /prefix/* and *.extension."),
            new Sample(
                    Settings.REQUEST_TIMEOUT_QUEUE,
                    config -> config.limits().times().mostFrom(),
                    0,
                    "5",
                    "5",
                    6,
                    "-1",
                    "'-1' is not a whole number from 0 to 1000000."),
            new Sample(
                    Settings.QUEUE_TIMEOUT,
                    config -> config.limits().queue().most(),
                    Duration.ZERO,
                    "2s",
                    "\"2s\"",
                    Duration.ofSeconds(2),
                    "2d",
                    "'2d' is not a duration from 0s to 24h, such as 30 or 30s, 500ms, 2m."),
            new Sample(
                    Settings.MAX_QUEUE,
                    config -> config.limits().queue().length(),
                    Integer.MAX_VALUE,
                    "0",
                    "0",
                    0,
                    "many",
                    "'many' is not a whole number from 0 to 1000000."),
            new Sample(
                    Settings.SLOW_REQUEST,
                    config -> config.limits().times().slow(),
                    Duration.ZERO,
                    "2s",
                    "\"2s\"",
                    Duration.ofSeconds(2),
                    "2d",
                    "'2d' is not a duration from 0s to 24h, such as 30 or 30s, 500ms, 2m."),
            new Sample(
                    Settings.KEEP_ALIVE,
                    Config::keepAlive,
                    Duration.ofSeconds(75),
                    "500ms",
                    "\"500ms\"",
                    Duration.ofMillis(500),
                    "25h",
                    "'25h' is not a duration from 1ms to 24h, such as 30 or 30s, 500ms, 2m."),
            new Sample(
                    Settings.MAX_REQUESTS,
                    config -> config.wear().requests(),
                    0L,
                    "500",
                    "500",
                    500L,
                    "-1",
                    "'-1' is not a whole number from 0 to 999999999."),
            new Sample(
                    Settings.MAX_REQUESTS_JITTER,
                    config -> config.wear().requestsJitter(),
                    0L,
                    "50",
                    "50",
                    50L,
                    "x",
                    "'x' is not a whole number from 0 to 999999999."),
            new Sample(
                    Settings.MAX_LIFETIME,
                    config -> config.wear().lifetime(),
                    Duration.ZERO,
                    "48h",
                    "\"48h\"",
                    Duration.ofDays(2),
                    "9000h",
                    "'9000h' is not a duration from 0s to 8760h, such as 30 or 30s, 500ms, 2m."),
            new Sample(
                    Settings.MAX_RSS,
                    config -> config.wear().residentBytes(),
                    0L,
                    "2g",
                    "\"2g\"",
                    2L << 30,
                    "0",
                    "'0' is not a size from 1k to 1048576g, such as 512k, 16m, 1g."),
            new Sample(
                    Settings.MAX_RSS_HARD,
                    config -> config.wear().mostResidentBytes(),
                    0L,
                    "3g",
                    "\"3g\"",
                    3L << 30,
                    "0",
                    "'0' is not a size from 1k to 1048576g, such as 512k, 16m, 1g."),
            new Sample(
                    Settings.HEAP_DUMP_DIR,
                    config -> config.heapDumps().directory(),
                    Optional.empty(),
                    "/dumps",
                    "\"/dumps\"",
                    Optional.of(Path.of("/dumps")),
                    " ",
                    "the value is empty. Give a directory."),
            new Sample(
                    Settings.HEAP_DUMP_BUDGET,
                    config -> config.heapDumps().budget(),
                    8L << 30,
                    "20g",
                    "\"20g\"",
                    20L << 30,
                    "0",
                    "'0' is not a size from 1k to 1048576g, such as 512k, 16m, 1g."),
            new Sample(
                    Settings.MAX_HEAP_AFTER_GC,
                    config -> config.wear().heapPercent(),
                    0,
                    "90",
                    "90",
                    90,
                    "100",
                    "'100' is not a whole number from 0 to 99."),
            new Sample(
                    Settings.MAX_POST_SIZE,
                    config -> config.limits().formBytes(),
                    2L << 20,
                    "1g",
                    "\"1g\"",
                    1L << 30,
                    "0",
                    "'0' is not a size from 1k to 1g, such as 512k, 16m, 1g."),
            new Sample(
                    Settings.MAX_PARAMETERS,
                    config -> config.limits().parameters(),
                    1000,
                    "5000",
                    "5000",
                    5000,
                    "0",
                    "'0' is not a whole number from 1 to 1000000."),
            new Sample(
                    Settings.SESSIONS,
                    Config::sessions,
                    SessionStorage.Local.LMDB,
                    "memory",
                    "\"memory\"",
                    SessionStorage.Local.MEMORY,
                    "redis",
                    "'redis' is not one of lmdb, memory."),
            new Sample(
                    Settings.SESSION_PASSWORD_FILE,
                    config -> config.sessionPassword().map(Path::getFileName),
                    Optional.empty(),
                    "secret",
                    "\"secret\"",
                    Optional.of(Path.of("secret")),
                    " ",
                    "the value is empty. Give a file."),
            new Sample(
                    Settings.SESSION_DIR,
                    config -> config.sessionDirectory().map(Path::getFileName),
                    Optional.empty(),
                    "sessions",
                    "\"sessions\"",
                    Optional.of(Path.of("sessions")),
                    " ",
                    "the value is empty. Give a directory."),
            new Sample(
                    Settings.CERT_REQS,
                    config -> config.security().tls().map(WorkerSpec.Tls::clients),
                    Optional.empty(), // seen with an https bind only
                    "optional",
                    "\"optional\"",
                    Optional.empty(),
                    "CERT_REQUIRED",
                    "'CERT_REQUIRED' is not one of none, optional, required."),
            new Sample(
                    Settings.MAX_SESSIONS,
                    config -> config.sessionRules().most(),
                    0,
                    "1000000",
                    "1000000",
                    1_000_000,
                    "0",
                    "'0' is not a whole number from 1 to 999999999."),
            new Sample(
                    Settings.MAX_SESSION_SIZE,
                    config -> config.sessionRules().mostBytes(),
                    16L << 20,
                    "512K",
                    "\"512k\"",
                    512L << 10,
                    "16mb",
                    "'16mb' is not a size from 1k to 1g, such as 512k, 16m, 1g."),
            new Sample(
                    Settings.SESSION_COOKIE,
                    config -> config.sessionRules().cookie(),
                    Map.of(),
                    "same-site=lax",
                    "{ same-site = \"lax\" }",
                    Map.of("same-site", "Lax"),
                    "samesite=lax",
                    "'samesite' is no key of it. Keys are name, path, domain, same-site, secure, http-only,"
                            + " partitioned, max-age. Did you mean 'same-site'?"),
            new Sample(
                    Settings.SESSION_ALLOW,
                    config -> config.sessionRules().allow(),
                    List.of(),
                    "com.example.**;!com.example.Old",
                    "[\"com.example.**;!com.example.Old\"]",
                    List.of("com.example.**;!com.example.Old"),
                    "!",
                    "'!' is no pattern: class or package missing in: \"!\". Give patterns such as com.example.**;!com.example.Old."),
            new Sample(
                    Settings.STICKY,
                    config -> config.sessionRules().sticky(),
                    false,
                    "true",
                    "true",
                    true,
                    "yes",
                    "'yes' is not one of true, false."),
            new Sample(
                    Settings.USERS,
                    config -> config.security().users().map(Path::getFileName),
                    Optional.empty(),
                    "/dev/null",
                    "\"/dev/null\"",
                    Optional.of(Path.of("null")),
                    "",
                    "the value is empty. Give a file."),
            new Sample(
                    Settings.REALM_DATA_SOURCE,
                    config -> config.security().database().map(WorkerSpec.UserDatabase::dataSource),
                    Optional.empty(),
                    "jdbc/users",
                    "\"jdbc/users\"",
                    Optional.of("jdbc/users"),
                    "",
                    "the value is empty. Give the name of a data source, such as jdbc/users."),
            new Sample(
                    Settings.REALM_PASSWORD_QUERY,
                    config -> config.security().database().map(WorkerSpec.UserDatabase::passwordQuery),
                    Optional.empty(), // seen with a data source only, see below
                    "select a from b where c = ?",
                    "\"select a from b where c = ?\"",
                    Optional.empty(),
                    "select a from b",
                    "'select a from b' is not an SQL query with one ?, which stands for the user's name."),
            new Sample(
                    Settings.REALM_ROLES_QUERY,
                    config -> config.security().database().map(WorkerSpec.UserDatabase::rolesQuery),
                    Optional.empty(),
                    "select a from b where c = ?",
                    "\"select a from b where c = ?\"",
                    Optional.empty(),
                    "? ?",
                    "'? ?' is not an SQL query with one ?, which stands for the user's name."),
            new Sample(
                    Settings.REALM_CACHE,
                    config -> config.security().database().map(WorkerSpec.UserDatabase::cache),
                    Optional.empty(),
                    "1m",
                    "\"1m\"",
                    Optional.empty(),
                    "long",
                    "'long' is not a duration from 0s to 24h, such as 30 or 30s, 500ms, 2m."),
            new Sample(
                    Settings.REDIRECT_PORT,
                    config -> config.security().redirectPort(),
                    Optional.empty(),
                    "8443",
                    "8443",
                    Optional.of(8443),
                    "https",
                    "'https' is not a whole number from 1 to 65535."),
            new Sample(
                    Settings.FORWARDED_ALLOW_IPS,
                    config -> config.security().forwardedAllowIps(),
                    List.of(Network.parse("127.0.0.1"), Network.parse("::1")),
                    "10.0.0.0/8",
                    "[\"10.0.0.0/8\"]",
                    List.of(Network.parse("10.0.0.0/8")),
                    "proxy",
                    "'proxy' is no IP address and no network. Give such as 10.0.0.7 or 192.168.0.0/16, or * for all."),
            new Sample(
                    Settings.SURGE,
                    config -> config.releases().surge(),
                    1,
                    "3",
                    "3",
                    3,
                    "0",
                    "'0' is not a whole number from 1 to 64."),
            new Sample(
                    Settings.WARMUP,
                    config -> config.releases().warmup(),
                    List.of(),
                    "/a?b=c",
                    "[\"/a?b=c\"]",
                    List.of("/a?b=c"),
                    "a",
                    "'a' is not a path such as /shop/?page=1."),
            new Sample(
                    Settings.KEEP_PREVIOUS,
                    config -> config.releases().keepPrevious(),
                    Duration.ZERO,
                    "10m",
                    "\"10m\"",
                    Duration.ofMinutes(10),
                    "25h",
                    "'25h' is not a duration from 0s to 24h, such as 30 or 30s, 500ms, 2m."),
            new Sample(
                    Settings.CANARY,
                    config -> config.releases().canary().window(),
                    Duration.ZERO,
                    "10m",
                    "\"10m\"",
                    Duration.ofMinutes(10),
                    "25h",
                    "'25h' is not a duration from 0s to 24h, such as 30 or 30s, 500ms, 2m."),
            new Sample(
                    Settings.CANARY_ERRORS,
                    config -> config.releases().canary().errors(),
                    5,
                    "3",
                    "3",
                    3,
                    "101",
                    "'101' is not a whole number from 0 to 100."),
            new Sample(
                    Settings.CANARY_LATENCY,
                    config -> config.releases().canary().latency(),
                    0,
                    "3",
                    "3",
                    3,
                    "1001",
                    "'1001' is not a whole number from 0 to 1000."),
            new Sample(
                    Settings.CANARY_REQUESTS,
                    config -> config.releases().canary().requests(),
                    100,
                    "3",
                    "3",
                    3,
                    "0",
                    "'0' is not a whole number from 1 to 1000000."),
            new Sample(
                    Settings.RELOAD,
                    config -> config.releases().watch().on(),
                    false,
                    "true",
                    "true",
                    true,
                    "maybe",
                    "'maybe' is not one of true, false."),
            new Sample(
                    Settings.RELOAD_EXTRA,
                    config -> config.releases().watch().patterns(),
                    List.of(),
                    "src/**.properties",
                    "[\"src/**.properties\"]",
                    List.of("src/**.properties"),
                    " ",
                    "the value is empty. Give a pattern of files such as src/**.properties."),
            new Sample(
                    Settings.LOG_LEVEL,
                    Config::logLevel,
                    LogLevel.INFO,
                    "DEBUG",
                    "\"debug\"",
                    LogLevel.DEBUG,
                    "warning",
                    "'warning' is not one of trace, debug, info, warn, error. Did you mean 'warn'?"),
            new Sample(
                    Settings.LOG_FORMAT,
                    config -> config.output().format(),
                    LogFormat.TEXT,
                    "json",
                    "\"json\"",
                    LogFormat.JSON,
                    "xml",
                    "'xml' is not one of text, json."),
            new Sample(
                    Settings.NO_CAPTURE_OUTPUT,
                    config -> !config.output().captured(),
                    false,
                    "true",
                    "true",
                    true,
                    "maybe",
                    "'maybe' is not one of true, false."),
            new Sample(
                    Settings.CRASH_DIR,
                    config -> config.output().crashes(),
                    Optional.empty(),
                    "/var/crash",
                    "\"/var/crash\"",
                    Optional.of(Path.of("/var/crash")),
                    " ",
                    "the value is empty. Give a directory."),
            new Sample(
                    Settings.ACCESS_LOGFILE,
                    Config::accessLog,
                    Optional.empty(),
                    "-",
                    "\"-\"",
                    Optional.of(new AccessLog("-", AccessLog.Format.COMBINED)),
                    " ",
                    "the value is empty. Give a file, or - for standard output."),
            new Sample(
                    Settings.ACCESS_LOGFORMAT,
                    config -> config.accessLog().map(AccessLog::format),
                    Optional.empty(), // seen with a file only, see below
                    "json",
                    "\"json\"",
                    Optional.empty(),
                    "xml",
                    "'xml' is not one of common, combined, extended, json."),
            new Sample(
                    Settings.PID,
                    config -> config.pidFile().map(Path::getFileName),
                    Optional.empty(),
                    "narwhal.pid",
                    "\"narwhal.pid\"",
                    Optional.of(Path.of("narwhal.pid")),
                    " ",
                    "the value is empty. Give a file."),
            new Sample(
                    Settings.STATSD,
                    config -> config.push().statsd().map(PushRules.Statsd::address),
                    Optional.empty(),
                    "metrics:8125",
                    "\"metrics:8125\"",
                    Optional.of(new Bind("metrics", 8125)),
                    ":8125",
                    "':8125' is nowhere that something can be sent to. Give HOST:PORT."),
            new Sample(
                    Settings.STATSD_FLAVOR,
                    config -> config.push().statsd(),
                    Optional.empty(), // seen with an address only, see below
                    "datadog",
                    "\"datadog\"",
                    Optional.empty(),
                    "datadogs",
                    "'datadogs' is not one of etsy, datadog, telegraf. Did you mean 'datadog'?"),
            new Sample(
                    Settings.STATSD_PREFIX,
                    config -> config.push().statsd(),
                    Optional.empty(), // likewise
                    "shop.web",
                    "\"shop.web\"",
                    Optional.empty(),
                    "shop:web",
                    "'shop:web' is not a name such as shop.web, of letters, digits, '.', '_' and '-'."),
            new Sample(
                    Settings.OTLP,
                    config -> config.push().otlp().map(PushRules.Otlp::url),
                    Optional.empty(),
                    "http://collector:4318",
                    "\"http://collector:4318\"",
                    Optional.of(URI.create("http://collector:4318/v1/metrics")),
                    "collector:4318",
                    "the value is not an http:// or https:// URL such as http://127.0.0.1:4318/v1/metrics."),
            new Sample(
                    Settings.OTLP_HEADER,
                    config -> config.push().otlp(),
                    Optional.empty(), // likewise
                    "api-key=********",
                    "{ api-key = \"********\" }",
                    Optional.empty(),
                    "api key=open-sesame",
                    "the value is not NAME=VALUE with the name of a header."),
            new Sample(
                    Settings.METRICS_INTERVAL,
                    config -> config.push().interval(),
                    Duration.ofSeconds(10),
                    "1m",
                    "\"1m\"",
                    Duration.ofMinutes(1),
                    "0",
                    "'0' is not a duration from 100ms to 1h, such as 30 or 30s, 500ms, 2m."),
            new Sample(
                    Settings.METRICS_TAG,
                    config -> config.push().tags(),
                    Map.of(),
                    "region=eu",
                    "{ region = \"eu\" }",
                    Map.of("region", "eu"),
                    "region=eu west",
                    "'region=eu west' is not KEY=VALUE without spaces and ,:|#@."),
            new Sample(
                    Settings.OPS,
                    Config::ops,
                    Optional.empty(),
                    "9090",
                    "\"127.0.0.1:9090\"",
                    Optional.of(new Bind("127.0.0.1", 9090)),
                    "https://127.0.0.1:9090",
                    "'https://127.0.0.1:9090' asks for TLS, which is not served here. Give 127.0.0.1:9090."),
            new Sample(
                    Settings.CONTROL_SOCKET,
                    config -> config.controlSocket().map(Path::getFileName),
                    Optional.empty(),
                    "ctl.sock",
                    "\"ctl.sock\"",
                    Optional.of(Path.of("ctl.sock")),
                    " ",
                    "the value is empty. Give a path."),
            new Sample(
                    Settings.NO_CONTROL_SOCKET,
                    Config::noControlSocket,
                    false,
                    "true",
                    "true",
                    true,
                    "maybe",
                    "'maybe' is not one of true, false."),
            new Sample(
                    Settings.LAME_DUCK,
                    Config::lameDuck,
                    Duration.ZERO,
                    "15",
                    "\"15s\"",
                    Duration.ofSeconds(15),
                    "2h",
                    "'2h' is not a duration from 0s to 1h, such as 30 or 30s, 500ms, 2m."),
            new Sample(
                    Settings.HOOKS,
                    Config::hooks,
                    Map.of(),
                    "on-ready=notify, and log",
                    "{ on-ready = \"notify, and log\" }",
                    Map.of("on-ready", "notify, and log"),
                    "on-redy=notify",
                    "'on-redy' is no event. Events are on-started, on-ready, on-worker-ready, on-worker-exited,"
                            + " on-reload-ok, on-reload-failed, on-stopping. Did you mean 'on-ready'?"));

    /** They have to be there and to fit together: seen in the behaviour tests. */
    private static final List<String> FILES_OF_TLS =
            List.of("certfile", "keyfile", "keyfile-password-file", "ca-certs");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void has_its_default_when_nobody_gives_it(Sample sample) {
        assertThat(sample.component().apply(Sources.in(directory).config())).isEqualTo(sample.byDefault());
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void is_read_from_a_flag(Sample sample) {
        var config = Sources.in(directory).flag(sample.setting(), sample.text()).config();
        assertThat(sample.component().apply(config)).isEqualTo(sample.value());
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void is_read_from_the_environment(Sample sample) {
        var config = Sources.in(directory)
                .variable(sample.setting().variable(), sample.text())
                .config();
        assertThat(sample.component().apply(config)).isEqualTo(sample.value());
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void is_read_from_the_file(Sample sample) {
        var config = Sources.in(directory)
                .toml(sample.setting().name() + " = " + sample.toml() + "\n")
                .config();
        assertThat(sample.component().apply(config)).isEqualTo(sample.value());
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void says_what_is_wrong_with_a_bad_value_and_where_it_is(Sample sample) {
        var setting = sample.setting();
        assertThat(Sources.in(directory).flag(setting, sample.bad()).problems())
                .containsExactly(setting.flag() + ": " + sample.complaint());
        assertThat(Sources.in(directory)
                        .toml("# a comment\n" + setting.name() + " = \"" + sample.bad() + "\"\n")
                        .problems())
                .containsExactly("narwhal.toml:2: " + setting.name() + ": " + sample.complaint());
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void writes_what_it_reads(Sample sample) {
        assertThat(rewritten(sample.setting(), sample.text())).isTrue();
    }

    private static <T> boolean rewritten(Setting<T> setting, String text) {
        var value = setting.syntax().parse(text);
        return setting.syntax().parse(setting.syntax().write(value)).equals(value);
    }

    @Test
    void the_format_of_the_access_log_counts_when_there_is_a_file() {
        var config = Sources.in(directory)
                .flag(Settings.ACCESS_LOGFILE, "logs/access.log")
                .flag(Settings.ACCESS_LOGFORMAT, "json")
                .config();
        assertThat(config.accessLog())
                .contains(new AccessLog(directory.resolve("logs/access.log").toString(), AccessLog.Format.JSON));
    }

    @Test
    void how_metrics_are_sent_counts_when_there_is_somebody_to_send_them_to() {
        var push = Sources.in(directory).toml("""
                statsd = 8125
                statsd-flavor = "telegraf"
                statsd-prefix = "shop"
                otlp = "https://otlp.example.com/custom?a=b"
                [otlp-header]
                api-key = "open, sesame"
                """).config().push();
        assertThat(push.statsd())
                .contains(new PushRules.Statsd(new Bind("127.0.0.1", 8125), PushRules.Flavor.TELEGRAF, "shop"));
        assertThat(push.otlp())
                .contains(new PushRules.Otlp(
                        URI.create("https://otlp.example.com/custom?a=b"), Map.of("api-key", "open, sesame")));
        assertThat(push.toString()).doesNotContain("sesame");
        assertThat(Sources.in(directory)
                        .flag(Settings.OTLP, "https://shop:open-sesame@otlp.example.com")
                        .flag(Settings.OTLP_HEADER, "Host=open-sesame")
                        .problems())
                .containsExactly(
                        "--otlp: the URL has a user or password, which anybody can read there. Give otlp-header.",
                        "--otlp-header: the header 'Host' cannot be given here: it is part of how OTLP is sent.");
    }

    @Test
    void a_realm_is_also_a_table_and_has_queries_of_its_own() {
        var defaults = new WorkerSpec.UserDatabase(
                "jdbc/users",
                "select password from users where name = ?",
                "select role from user_roles where name = ?",
                Duration.ofSeconds(10));
        assertThat(Sources.in(directory)
                        .toml("[realm]\ndata-source = \"jdbc/users\"\n")
                        .config()
                        .security()
                        .database())
                .contains(defaults);
        assertThat(Sources.in(directory).toml("""
            [realm]
            data-source = "jdbc/people"
            password-query = "select p from q where r = ?"
            roles-query = "select s from t where r = ?"
            cache = 0
            """).config().security().database())
                .contains(new WorkerSpec.UserDatabase(
                        "jdbc/people", "select p from q where r = ?", "select s from t where r = ?", Duration.ZERO));
        assertThat(Sources.in(directory)
                        .toml("[realm]\nrole-query = \"?\"\ndata-source = [\"a\"]\n")
                        .problems())
                .containsExactlyInAnyOrder(
                        "narwhal.toml:2: [realm]: no such key 'role-query'. Did you mean 'roles-query'?",
                        "narwhal.toml:3: realm-data-source: a list or table is not a value of it. Give the name of a"
                                + " data source, such as jdbc/users.");
    }

    @Test
    void every_setting_has_a_sample() {
        assertThat(SAMPLES)
                .extracting(sample -> sample.setting().name())
                .containsAll(Settings.names().stream()
                        .filter(name -> !name.equals("wars") && !name.equals("config"))
                        .filter(name -> !FILES_OF_TLS.contains(name))
                        .toList());
    }

    @Test
    void no_two_settings_share_a_name_or_a_flag() {
        assertThat(Settings.names()).doesNotHaveDuplicates();
        assertThat(Settings.ALL.stream().flatMap(setting -> setting.flags().stream()))
                .doesNotHaveDuplicates();
    }

    @Test
    void every_setting_has_the_flag_of_its_name() {
        assertThat(Settings.ALL).allSatisfy(setting -> {
            if (!setting.flags().isEmpty()) {
                assertThat(setting.flag()).isEqualTo("--" + setting.name());
            }
        });
    }
}
