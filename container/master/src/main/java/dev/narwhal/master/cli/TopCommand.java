package dev.narwhal.master.cli;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.master.config.Problem;
import dev.narwhal.master.control.ControlClient;
import dev.narwhal.master.observe.Live;
import dev.narwhal.master.observe.Rates;
import dev.narwhal.master.observe.ServerStatus;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.ParseResult;

/** {@code narwhal top}: looks at a running server again and again, and steers its workers by keys. Without a terminal it prints what it sees, once. */
final class TopCommand {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ACCEPTED = 202;
    private static final String KEYS =
            "keys: j k select a worker, r restart it, d dump its threads, + one more, - one less, q quit";

    private final Map<String, String> environment;
    private final Path workingDirectory;
    private final PrintStream out;
    private final PrintStream err;
    private final Function<List<Problem>, ExitCode> refuse;

    /** The slot of the worker that keys are about. */
    private int selected;

    private String message = KEYS;

    TopCommand(
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

    ExitCode run(ParseResult command, List<String> words) {
        var problems = new ArrayList<>(Usage.problems(command));
        Usage.arguments(command, words).forEach(word -> problems.add(new Problem(word, "top takes no words.")));
        if (!problems.isEmpty()) {
            return refuse.apply(problems);
        }
        try {
            var server =
                    new ControlClient(new CtlCommand(environment, workingDirectory, out, err, refuse).socket(command));
            if (Optional.ofNullable(System.console())
                    .filter(Console::isTerminal)
                    .isPresent()) {
                live(server);
            } else {
                once(server);
            }
            return ExitCode.OK;
        } catch (IOException e) {
            err.println("narwhal: " + e.getMessage());
            return ExitCode.SYSTEM;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.BUG;
        }
    }

    private void once(ControlClient server) throws IOException, InterruptedException {
        var before = look(server);
        Thread.sleep(INTERVAL);
        var now = look(server);
        new TopScreen(now, Rates.between(before, now), -1).lines().forEach(out::println);
    }

    private void live(ControlClient server) throws IOException, InterruptedException {
        try (var terminal = Terminal.open(System.in, out)) {
            var before = look(server);
            var rates = Rates.between(before, before);
            for (int key = 0; key != 'q'; key = terminal.key()) {
                act(server, before.status().workers(), key);
                var now = look(server);
                if (now.atMillis() - before.atMillis() >= INTERVAL.toMillis()) {
                    rates = Rates.between(before, now);
                    before = now;
                }
                var lines = new ArrayList<String>();
                lines.add(message);
                lines.addAll(new TopScreen(now, rates, selected).lines());
                terminal.show(lines);
            }
        }
    }

    private Live look(ControlClient server) throws IOException {
        return server.read("/live", Live.class);
    }

    private void act(ControlClient server, List<ServerStatus.Worker> workers, int key) throws IOException {
        switch (key) {
            case 'j' ->
                workers.stream()
                        .mapToInt(ServerStatus.Worker::slot)
                        .filter(slot -> slot > selected)
                        .min()
                        .ifPresent(next -> selected = next);
            case 'k' ->
                workers.stream()
                        .mapToInt(ServerStatus.Worker::slot)
                        .filter(slot -> slot < selected)
                        .max()
                        .ifPresent(next -> selected = next);
            case '+' -> order(server, "/workers/add", "one worker more");
            case '-' -> order(server, "/workers/remove", "one worker less");
            case 'r', 'd' -> {
                for (var worker : workers) {
                    if (worker.slot() == selected && worker.pid() != 0) {
                        act(server, worker, key);
                    }
                }
            }
            default -> {}
        }
    }

    private void act(ControlClient server, ServerStatus.Worker worker, int key) throws IOException {
        if (key == 'r') {
            order(server, "/workers/" + worker.pid() + "/restart", "another in the place of worker " + worker.slot());
            return;
        }
        var reply = server.ask("GET", "/workers/" + worker.pid() + "/threads", PATIENCE);
        var file = workingDirectory.resolve("narwhal-threads-" + worker.pid() + ".txt");
        try {
            Files.writeString(file, reply.body());
            message = "threads of worker " + worker.slot() + " in " + file;
        } catch (IOException e) {
            message = "writing " + file + ": " + e; // there is no reason to leave
        }
    }

    private void order(ControlClient server, String path, String what) throws IOException {
        var reply = server.ask("POST", path);
        message =
                reply.status() == ACCEPTED ? what + ": accepted" : reply.body().strip();
    }
}
