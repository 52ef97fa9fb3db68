package dev.narwhal.contract;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

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
 * @param accessLog where to log requests, if at all
 * @param security who may log in, and what tells of TLS
 * @param logLevel SLF4J's name: {@code trace debug info warn error}
 * @param sessions where HTTP sessions are
 * @param apps the applications to deploy
 * @param libraries JAR files and directories of classes that every application sees
 * @param resources the inherited file descriptor to read {@link ResourceSpec}s from, if there are any
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
        Optional<AccessLog> accessLog,
        Security security,
        String logLevel,
        Sessions sessions,
        List<App> apps,
        List<Path> libraries,
        OptionalInt resources) {

    /**
     * A listening socket.
     *
     * @param fd the inherited file descriptor
     * @param bind the address as the operator wrote it, with the real port: {@code 127.0.0.1:8000}, {@code [::1]:8000}
     */
    public record Listener(int fd, String bind) {}

    /**
     * A prepared application.
     *
     * @param contextPath empty for the root, otherwise {@code /name}
     * @param prepared the prepared directory
     */
    public record App(String contextPath, Path prepared) {}

    /**
     * Where requests are logged.
     *
     * @param target a file's absolute path, or {@code -} for standard output
     */
    public record AccessLog(String target, Format format) {

        /** {@code common} and {@code combined} as Apache httpd defines them; {@code json} has one object a line. */
        public enum Format {
            COMMON,
            COMBINED,
            JSON
        }
    }

    /**
     * What the server knows that the security constraints of applications need.
     *
     * @param users the file with the users, if there is one
     * @param redirectPort the port of TLS that users are sent to
     * @param forwardedAllowIps the proxies whose {@code X-Forwarded-Proto} counts: by their addresses
     */
    public record Security(Optional<Path> users, Optional<Integer> redirectPort, List<Network> forwardedAllowIps) {

        /** Nobody may log in, and no proxy is believed. */
        public static final Security NONE = new Security(Optional.empty(), Optional.empty(), List.of());

        public Security {
            forwardedAllowIps = List.copyOf(forwardedAllowIps);
        }
    }

    /**
     * Where HTTP sessions are.
     *
     * @param store the word for it: {@code lmdb}, {@code memory}
     * @param directory for a store that has files; it exists and is the owner's only
     * @param bytes the most that such a store may take
     * @param alone whether no other worker shares the sessions, but for the moments in which one replaces another
     */
    public record Sessions(String store, Optional<Path> directory, long bytes, boolean alone) {}

    public WorkerSpec {
        listeners = List.copyOf(listeners);
        apps = List.copyOf(apps);
        libraries = List.copyOf(libraries);
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
        listeners.forEach(listener -> arguments.add("listener=" + listener.fd() + "=" + listener.bind()));
        arguments.add("report=" + report);
        arguments.add("scoreboard=" + scoreboard);
        arguments.add("dispatch=" + dispatch.label());
        arguments.add("threads=" + threads);
        arguments.add("max-inflight=" + maxInflight);
        arguments.add("boot-timeout=" + bootTimeout);
        arguments.add("keep-alive=" + keepAlive);
        arguments.add("graceful-timeout=" + gracefulTimeout);
        accessLog.ifPresent(log -> arguments.add("access-log=" + log.format() + "=" + log.target()));
        security.users().ifPresent(users -> arguments.add("users=" + users));
        security.redirectPort().ifPresent(port -> arguments.add("redirect-port=" + port));
        security.forwardedAllowIps().forEach(address -> arguments.add("forwarded-allow-ip=" + address));
        arguments.add("log-level=" + logLevel);
        arguments.add("sessions=" + sessions.store());
        sessions.directory().ifPresent(directory -> arguments.add("session-directory=" + directory));
        arguments.add("session-bytes=" + sessions.bytes());
        arguments.add("session-alone=" + sessions.alone());
        apps.forEach(app -> arguments.add("app=" + app.contextPath() + "=" + app.prepared()));
        libraries.forEach(library -> arguments.add("library=" + library));
        resources.ifPresent(fd -> arguments.add("resources=" + fd));
        return arguments;
    }

    public static WorkerSpec ofArguments(List<String> arguments) {
        var options = new Arguments(arguments);
        return new WorkerSpec(
                Integer.parseInt(options.one("slot")),
                Integer.parseInt(options.one("slots")),
                Integer.parseInt(options.one("generation")),
                options.all("listener").stream()
                        .map(Arguments::pair)
                        .map(pair -> new Listener(Integer.parseInt(pair.getKey()), pair.getValue()))
                        .toList(),
                Integer.parseInt(options.one("report")),
                Integer.parseInt(options.one("scoreboard")),
                Dispatch.ofLabel(options.one("dispatch")),
                Integer.parseInt(options.one("threads")),
                Integer.parseInt(options.one("max-inflight")),
                Duration.parse(options.one("boot-timeout")),
                Duration.parse(options.one("keep-alive")),
                Duration.parse(options.one("graceful-timeout")),
                options.optional("access-log")
                        .map(Arguments::pair)
                        .map(pair -> new AccessLog(pair.getValue(), AccessLog.Format.valueOf(pair.getKey()))),
                new Security(
                        options.optional("users").map(Path::of),
                        options.optional("redirect-port").map(Integer::valueOf),
                        options.all("forwarded-allow-ip").stream()
                                .map(Network::parse)
                                .toList()),
                options.one("log-level"),
                new Sessions(
                        options.one("sessions"),
                        options.optional("session-directory").map(Path::of),
                        Long.parseLong(options.one("session-bytes")),
                        Boolean.parseBoolean(options.one("session-alone"))),
                options.all("app").stream()
                        .map(Arguments::pair)
                        .map(pair -> new App(pair.getKey(), Path.of(pair.getValue())))
                        .toList(),
                options.all("library").stream().map(Path::of).toList(),
                options.optional("resources")
                        .map(fd -> OptionalInt.of(Integer.parseInt(fd)))
                        .orElseGet(OptionalInt::empty));
    }
}
