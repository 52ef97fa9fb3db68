package dev.narwhal.master.cli;

import com.google.gson.reflect.TypeToken;
import dev.narwhal.contract.ExitCode;
import dev.narwhal.master.config.Problem;
import dev.narwhal.master.config.Suggestion;
import dev.narwhal.master.control.ControlClient;
import dev.narwhal.master.observe.ServerStatus;
import dev.narwhal.master.observe.SessionStatus;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/** {@code narwhal ctl}: looks at a running server and steers it. */
final class CtlCommand {

    /** What to ask for, by the word of the command line. */
    static final SequencedMap<String, String> REQUESTS = requests();

    private static final int ACCEPTED = 202;
    private static final int OK = 200;
    private static final int POLL_MILLIS = 100;
    private static final int KIBIBYTE = 1 << 10;

    private final Map<String, String> environment;
    private final Path workingDirectory;
    private final PrintStream out;
    private final PrintStream err;
    private final Function<List<Problem>, ExitCode> refuse;

    CtlCommand(
            Map<String, String> environment,
            Path workingDirectory,
            PrintStream out,
            PrintStream err,
            Function<List<Problem>, ExitCode> refuse) {
        this.environment = environment;
        this.workingDirectory = workingDirectory;
        this.out = out;
        this.err = err;
        this.refuse = refuse;
    }

    private static SequencedMap<String, String> requests() {
        var requests = new LinkedHashMap<String, String>();
        requests.put("status", "GET /status");
        requests.put("workers", "GET /workers");
        requests.put("requests", "GET /requests");
        requests.put("sessions", "GET /sessions");
        requests.put("metrics", "GET /metrics");
        requests.put("listeners", "GET /listeners");
        requests.put("config", "GET /config");
        requests.put("worker", "");
        requests.put("pause", "POST /pause");
        requests.put("resume", "POST /resume");
        requests.put("reload", "POST /reload");
        requests.put("upgrade", "POST /upgrade");
        requests.put("rollback", "POST /rollback");
        requests.put("add", "POST /workers/add");
        requests.put("remove", "POST /workers/remove");
        requests.put("reopen", "POST /reopen");
        requests.put("stop", "POST /stop");
        return requests;
    }

    ExitCode run(ParseResult command, List<String> words) {
        var problems = new ArrayList<>(Usage.problems(command));
        var arguments = Usage.arguments(command, words);
        var what = arguments.isEmpty() ? "status" : arguments.getFirst();
        var wars = what.equals("reload") ? arguments.subList(1, arguments.size()) : List.<String>of();
        if (what.equals("worker")) {
            problems.addAll(WorkerVerb.problems(arguments));
        } else if (arguments.size() > 1 && wars.isEmpty()) {
            problems.add(new Problem(
                    "ctl",
                    arguments.size() + " words given. Give one of " + String.join(", ", REQUESTS.keySet()) + "."));
        } else if (!REQUESTS.containsKey(what)) {
            problems.add(new Problem(what, "no such command of ctl." + Suggestion.of(what, REQUESTS.keySet())));
        }
        if (!problems.isEmpty()) {
            return refuse.apply(problems);
        }
        try {
            var socket = socket(command);
            if (what.equals("upgrade") && command.hasMatchedOption(CommandLines.WAIT)) {
                return new UpgradeWait(socket, out, err).run();
            }
            var server = new ControlClient(socket);
            return what.equals("worker")
                    ? WorkerVerb.of(arguments, workingDirectory, command).run(server, out)
                    : run(what, wars, server, command);
        } catch (IOException e) {
            err.println("narwhal: " + e.getMessage());
            return ExitCode.SYSTEM;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.BUG;
        }
    }

    /** Of the server that is meant. */
    Path socket(ParseResult command) throws IOException {
        var given = command.<List<String>>matchedOptionValue(CommandLines.SOCKET, List.of());
        if (!given.isEmpty()) {
            return workingDirectory.resolve(given.getLast());
        }
        var servers = ControlClient.servers(environment);
        if (servers.isEmpty()) {
            throw new IOException("finding a server: none of this user's runs with a control socket in "
                    + ControlClient.directory(environment) + ". Name one with --socket.");
        }
        if (servers.size() > 1) {
            throw new IOException("finding a server: " + servers.size() + " run. Name one with --socket: "
                    + String.join(
                            ", ", servers.stream().map(Path::toString).sorted().toList()) + ".");
        }
        return servers.getFirst();
    }

    private ExitCode run(String what, List<String> wars, ControlClient server, ParseResult command)
            throws IOException, InterruptedException {
        boolean wait = what.equals("reload") && command.hasMatchedOption(CommandLines.WAIT);
        int before = wait ? status(server).release().newest() : 0;
        var request = REQUESTS.getOrDefault(what, "GET /status");
        if (what.equals("stop") && command.hasMatchedOption(CommandLines.QUICK)) {
            request += "/quick";
        }
        request += query(wars);
        int blank = request.indexOf(' ');
        var reply = server.ask(request.substring(0, blank), request.substring(blank + 1));
        if (reply.status() != OK && reply.status() != ACCEPTED) {
            throw new IOException("asking for " + what + ": the server answered " + reply.status() + " "
                    + reply.body().strip());
        }
        if (wait) {
            return awaitRelease(server, before);
        }
        print(what, server, reply, command.hasMatchedOption(CommandLines.JSON));
        return ExitCode.OK;
    }

    /** The server may have been started in another directory. */
    private String query(List<String> wars) {
        return wars.stream()
                .map(this::absolute)
                .map(war -> "war=" + URLEncoder.encode(war, StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", wars.isEmpty() ? "" : "?", ""));
    }

    private String absolute(String war) {
        int context = war.lastIndexOf("=/");
        var file = context < 0 ? war : war.substring(0, context);
        return workingDirectory.resolve(file).normalize() + war.substring(file.length());
    }

    private ServerStatus status(ControlClient server) throws IOException {
        return server.read("/status", ServerStatus.class);
    }

    /** Its own deadlines end a reload, whatever happens in it. */
    private ExitCode awaitRelease(ControlClient server, int before) throws IOException, InterruptedException {
        while (true) {
            var release = status(server).release();
            if (release.newest() > before && release.phase().equals("steady") && !release.queued()) {
                var refused = release.refused();
                if (release.serving() > before) {
                    out.println("generation " + release.serving() + " serves");
                    return ExitCode.OK;
                }
                err.println("narwhal: reloading: "
                        + (refused == null ? "refused" : withoutStop(refused.reason()))
                        + ". Generation " + release.serving() + " goes on serving");
                return refused == null
                        ? ExitCode.BOOT
                        : ExitCode.of(refused.exitCode()).orElse(ExitCode.BOOT);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private void print(String what, ControlClient server, ControlClient.Reply reply, boolean json) throws IOException {
        if (json || what.equals("metrics") || what.equals("config")) {
            out.print(reply.body());
            return;
        }
        switch (what) {
            case "status" -> printStatus(server.read(reply, TypeToken.get(ServerStatus.class)));
            case "workers" -> printWorkers(server.read(reply, new TypeToken<List<ServerStatus.Worker>>() {}));
            case "requests" -> printRequests(server.read(reply, new TypeToken<List<ServerStatus.Request>>() {}));
            case "listeners" -> printListeners(server.read(reply, new TypeToken<List<ServerStatus.Listening>>() {}));
            case "sessions" -> printSessions(server.read(reply, TypeToken.get(SessionStatus.class)));
            default -> out.println(what + ": accepted");
        }
    }

    private void printStatus(ServerStatus status) {
        out.printf(
                "narwhal %s master pid=%d %s for %d s at %s%n",
                status.version(),
                status.pid(),
                status.mode(),
                status.uptimeSeconds(),
                String.join(", ", status.listeners()));
        out.printf(
                "%d of %d workers ready%s, generation %d %s, %d requests%n",
                status.ready(),
                status.target(),
                range(status.range()),
                status.release().serving(),
                status.release().phase(),
                status.requests());
        if (status.release().kept() > 0) {
            out.printf(
                    "generation %d is kept for a rollback for %d s more%n",
                    status.release().kept(), status.release().keptSeconds());
        }
        var refused = status.release().refused();
        if (refused != null) {
            out.printf("generation %d was refused: %s%n", refused.generation(), refused.reason());
        }
        printUpgrade(status.upgrade());
        out.println();
        printWorkers(status.workers());
    }

    private static String range(ServerStatus.@Nullable Range range) {
        return range == null
                ? ""
                : " of %d..%d, %d %% busy".formatted(range.least(), range.most(), Math.round(100 * range.busy()));
    }

    private void printUpgrade(ServerStatus.Upgrade upgrade) {
        if (upgrade.reason() != null) {
            out.printf("the last upgrade failed: %s%n", upgrade.reason());
        } else if (upgrade.pid() != 0) {
            out.printf("upgrading: a new master, pid %d, is %s%n", upgrade.pid(), upgrade.phase());
        }
    }

    private void printWorkers(List<ServerStatus.Worker> workers) {
        out.println(WorkerTable.HEADINGS);
        workers.forEach(worker -> out.println(WorkerTable.line(worker)));
    }

    private void printSessions(SessionStatus status) {
        var sessions = status.all();
        out.printf("%d live, %d KiB in the store%n", sessions.live(), sessions.bytes() / KIBIBYTE);
        out.printf(
                "%d created, %d expired, %d invalidated, %d refused, %d conflicts%n",
                sessions.created(),
                sessions.expired(),
                sessions.invalidated(),
                sessions.refused(),
                sessions.conflicts());
        out.printf("%d reads of %d us each%n", sessions.reads(), micros(sessions.readNanos(), sessions.reads()));
        out.printf("%d writes of %d us each%n", sessions.writes(), micros(sessions.writeNanos(), sessions.writes()));
        out.println();
        out.printf(
                "%9s %9s %9s %11s %9s %9s %s%n",
                "LIVE", "CREATED", "EXPIRED", "INVALIDATED", "REFUSED", "KIB", "CONTEXT");
        for (var context : status.contexts()) {
            out.printf(
                    "%9d %9d %9d %11d %9d %9d %s%n",
                    context.live(),
                    context.created(),
                    context.expired(),
                    context.invalidated(),
                    context.refused(),
                    Math.ceilDiv(context.bytes(), KIBIBYTE),
                    context.path().isEmpty() ? "/" : context.path());
        }
    }

    private void printListeners(List<ServerStatus.Listening> listeners) {
        out.printf("%6s %7s %s%n", "QUEUED", "BACKLOG", "ADDRESS");
        listeners.forEach(each -> out.printf("%6d %7d %s%n", each.queued(), each.most(), each.address()));
    }

    private static long micros(long nanos, long times) {
        return times == 0 ? 0 : TimeUnit.NANOSECONDS.toMicros(nanos / times);
    }

    private void printRequests(List<ServerStatus.Request> requests) {
        out.printf("%4s %8s %10s %-7s %s%n", "SLOT", "PID", "AGE", "METHOD", "PATH");
        for (var request : requests) {
            out.printf(
                    "%4d %8d %7d ms %-7s %s%n",
                    request.slot(), request.pid(), request.ageMillis(), request.method(), request.path());
        }
    }
}
