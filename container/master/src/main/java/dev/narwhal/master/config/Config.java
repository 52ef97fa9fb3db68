package dev.narwhal.master.config;

import dev.narwhal.contract.ResourceSpec;
import dev.narwhal.contract.WorkerSpec;
import dev.narwhal.contract.WorkerSpec.AccessLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the operator wants, read and checked. Paths are absolute; relative ones were given from the working directory.
 *
 * @param wars the applications, at least one, each at a context path of its own
 * @param noMigrate whether applications written for {@code javax.servlet} are deployed as they are
 * @param binds the addresses to listen on, at least one
 * @param backlog the accept queue's length for each address
 * @param pace how fast the number of workers follows the load, if it does
 * @param threads requests at once on platform threads, if given
 * @param maxInflight requests at once on virtual threads, if given
 * @param javaOpts JVM options for the workers, one word each
 * @param env environment variables for the workers, beside those of the master
 * @param bootTimeout from spawn to ready
 * @param gracefulTimeout from drain to kill
 * @param livenessTimeout the longest time without a heartbeat
 * @param keepAlive how long an idle connection is kept
 * @param wear after what a worker is replaced
 * @param heapDumps where workers that run out of memory leave their heap, if they do
 * @param limits how much of a request is taken
 * @param sessions where HTTP sessions are
 * @param sessionDirectory for their files, if not in memory
 * @param sessionRules what sessions may be, and their cookie
 * @param output what comes of that which is printed
 * @param push where metrics are sent
 * @param ops the address for health and metrics, if there is one
 * @param controlSocket where the control socket is, if the operator says so
 * @param noControlSocket whether there is none
 * @param hooks commands by the event that they are run at, {@code on-ready} ...
 * @param lameDuck how long after TERM everything goes on, but not ready
 * @param libraries JAR files and directories of them that every application sees
 * @param resources what applications find by name
 * @param releases how a release takes the place of the one before
 */
public record Config(
        List<WarRef> wars,
        boolean noMigrate,
        List<Bind> binds,
        int backlog,
        WorkerCount workers,
        Pace pace,
        DispatchChoice dispatch,
        OptionalInt threads,
        OptionalInt maxInflight,
        List<String> javaOpts,
        Map<String, String> env,
        Duration bootTimeout,
        Duration gracefulTimeout,
        Duration livenessTimeout,
        boolean exitOnCrashLoop,
        Duration keepAlive,
        WorkerSpec.Wear wear,
        HeapDumpRules heapDumps,
        WorkerSpec.Limits limits,
        SessionStorage sessions,
        Optional<Path> sessionDirectory,
        Optional<Path> sessionPassword,
        WorkerSpec.SessionRules sessionRules,
        LogLevel logLevel,
        OutputRules output,
        Optional<AccessLog> accessLog,
        WorkerSpec.Security security,
        Optional<Path> pidFile,
        PushRules push,
        Optional<Bind> ops,
        Optional<Path> controlSocket,
        boolean noControlSocket,
        Map<String, String> hooks,
        Duration lameDuck,
        List<Path> libraries,
        List<ResourceSpec> resources,
        ReleaseRules releases) {

    public Config {
        wars = List.copyOf(wars);
        binds = List.copyOf(binds);
        javaOpts = List.copyOf(javaOpts);
        hooks = Map.copyOf(hooks);
        libraries = List.copyOf(libraries);
        resources = List.copyOf(resources);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    }

    /** Whether every session is in the memory of the one worker that may be. */
    public boolean onlyOneWorker() {
        return sessions == SessionStorage.Local.MEMORY && !sessionRules.sticky();
    }

    /** Reads settings that are known to have no problem. */
    static Config of(Givens givens, List<WarRef> wars, List<Path> libraries, Path workingDirectory) {
        return new Config(
                wars,
                givens.one(Settings.NO_MIGRATE),
                givens.all(Settings.BIND),
                givens.one(Settings.BACKLOG),
                givens.one(Settings.WORKERS),
                new Pace(givens.one(Settings.GROW_AFTER), givens.one(Settings.SHRINK_AFTER)),
                givens.one(Settings.DISPATCH),
                number(givens.optional(Settings.THREADS)),
                number(givens.optional(Settings.MAX_INFLIGHT)),
                givens.all(Settings.JAVA_OPTS).stream().flatMap(List::stream).toList(),
                variables(givens, workingDirectory),
                givens.one(Settings.BOOT_TIMEOUT),
                givens.one(Settings.GRACEFUL_TIMEOUT),
                givens.one(Settings.LIVENESS_TIMEOUT),
                givens.one(Settings.EXIT_ON_CRASH_LOOP),
                givens.one(Settings.KEEP_ALIVE),
                new WorkerSpec.Wear(
                        givens.one(Settings.MAX_REQUESTS),
                        givens.one(Settings.MAX_REQUESTS_JITTER),
                        givens.one(Settings.MAX_LIFETIME),
                        givens.optional(Settings.MAX_RSS).orElse(0L),
                        givens.optional(Settings.MAX_RSS_HARD).orElse(0L),
                        givens.one(Settings.MAX_HEAP_AFTER_GC)),
                new HeapDumpRules(
                        givens.optional(Settings.HEAP_DUMP_DIR).map(directory -> absolute(workingDirectory, directory)),
                        givens.one(Settings.HEAP_DUMP_BUDGET)),
                new WorkerSpec.Limits(
                        givens.one(Settings.MAX_POST_SIZE),
                        givens.one(Settings.MAX_PARAMETERS),
                        new WorkerSpec.RequestTimes(
                                givens.one(Settings.REQUEST_TIMEOUT),
                                table(givens.all(Settings.REQUEST_TIMEOUT_FOR)),
                                // More than so many: from one more on
                                givens.optional(Settings.REQUEST_TIMEOUT_QUEUE)
                                        .map(most -> most + 1)
                                        .orElse(0),
                                givens.one(Settings.SLOW_REQUEST),
                                givens.one(Settings.LIVENESS_TIMEOUT)),
                        new WorkerSpec.Queue(
                                givens.one(Settings.QUEUE_TIMEOUT),
                                givens.optional(Settings.MAX_QUEUE).orElse(Integer.MAX_VALUE))),
                givens.one(Settings.SESSIONS),
                givens.optional(Settings.SESSION_DIR).map(directory -> absolute(workingDirectory, directory)),
                givens.optional(Settings.SESSION_PASSWORD_FILE).map(file -> absolute(workingDirectory, file)),
                new WorkerSpec.SessionRules(
                        givens.optional(Settings.MAX_SESSIONS).orElse(0),
                        givens.one(Settings.MAX_SESSION_SIZE),
                        givens.all(Settings.SESSION_ALLOW),
                        table(givens.all(Settings.SESSION_COOKIE)),
                        givens.one(Settings.STICKY)),
                givens.one(Settings.LOG_LEVEL),
                OutputRules.of(givens, workingDirectory),
                givens.optional(Settings.ACCESS_LOGFILE)
                        .map(file -> new AccessLog(
                                file.equals("-")
                                        ? file
                                        : absolute(workingDirectory, file).toString(),
                                givens.one(Settings.ACCESS_LOGFORMAT))),
                new WorkerSpec.Security(
                        givens.optional(Settings.USERS).map(file -> absolute(workingDirectory, file)),
                        givens.optional(Settings.REALM_DATA_SOURCE)
                                .map(name -> new WorkerSpec.UserDatabase(
                                        name,
                                        givens.one(Settings.REALM_PASSWORD_QUERY),
                                        givens.one(Settings.REALM_ROLES_QUERY),
                                        givens.one(Settings.REALM_CACHE))),
                        givens.optional(Settings.REDIRECT_PORT),
                        givens.all(Settings.FORWARDED_ALLOW_IPS).stream()
                                .flatMap(List::stream)
                                .toList(),
                        new TlsSettings(givens, workingDirectory).files()),
                givens.optional(Settings.PID).map(file -> absolute(workingDirectory, file)),
                PushRules.of(givens),
                givens.optional(Settings.OPS),
                givens.optional(Settings.CONTROL_SOCKET).map(file -> absolute(workingDirectory, file)),
                givens.one(Settings.NO_CONTROL_SOCKET),
                table(givens.all(Settings.HOOKS)),
                givens.one(Settings.LAME_DUCK),
                libraries,
                givens.resources(),
                ReleaseRules.of(givens));
    }

    /** This, as far as a server that was started with {@code running} can take it over; see {@link Unchangeable}. */
    public Config on(Config running) {
        var rules = new WorkerSpec.SessionRules(
                sessionRules.most(),
                sessionRules.mostBytes(),
                sessionRules.allow(),
                sessionRules.cookie(),
                running.sessionRules.sticky());
        boolean tls = running.binds.stream().anyMatch(Bind::tls);
        var guarded = tls && security.tls().isEmpty() ? security.with(running.security.tls()) : security;
        return new Config(
                wars,
                noMigrate,
                running.binds,
                running.backlog,
                workers,
                pace,
                dispatch,
                threads,
                maxInflight,
                javaOpts,
                env,
                bootTimeout,
                gracefulTimeout,
                livenessTimeout,
                exitOnCrashLoop,
                keepAlive,
                wear,
                heapDumps,
                limits,
                running.sessions,
                running.sessionDirectory,
                running.sessionPassword,
                rules,
                logLevel,
                output.with(running.output.format()),
                accessLog,
                guarded,
                running.pidFile,
                running.push,
                running.ops,
                running.controlSocket,
                running.noControlSocket,
                running.hooks,
                running.lameDuck,
                libraries,
                resources,
                releases);
    }

    private static Path absolute(Path workingDirectory, String file) {
        return workingDirectory.resolve(file).toAbsolutePath().normalize();
    }

    private static OptionalInt number(Optional<Integer> value) {
        return value.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    /** What is given by itself wins over the file. */
    private static Map<String, String> variables(Givens givens, Path workingDirectory) {
        var variables = new LinkedHashMap<String, String>();
        for (var given : givens.of(Settings.ENV_FILE)) {
            variables.putAll(new EnvironmentFile(workingDirectory).read(given, _ -> {}));
        }
        variables.putAll(table(givens.all(Settings.ENV)));
        return variables;
    }

    /** Of a variable that is given twice the last one holds, as in a shell. */
    static <V> Map<String, V> table(List<Map.Entry<String, V>> entries) {
        var table = new LinkedHashMap<String, V>();
        entries.forEach(entry -> table.put(entry.getKey(), entry.getValue()));
        return table;
    }
}
