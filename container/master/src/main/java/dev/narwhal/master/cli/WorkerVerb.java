package dev.narwhal.master.cli;

import com.google.gson.reflect.TypeToken;
import dev.narwhal.contract.ExitCode;
import dev.narwhal.master.config.Problem;
import dev.narwhal.master.config.Suggestion;
import dev.narwhal.master.control.ControlClient;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.ParseResult;

/** {@code narwhal ctl worker VERB N}: something about one worker. */
record WorkerVerb(String verb, String number, Path file, String seconds) {

    static final List<String> VERBS = List.of("restart", "kill", "dump", "heap", "jfr");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int ACCEPTED = 202;
    private static final int OK = 200;

    /** Why the server does not do it. */
    private record Refusal(String error) {}

    /** What is wrong with {@code worker VERB N [FILE]}. */
    static List<Problem> problems(List<String> words) {
        if (words.size() < 3 || words.size() > 4) {
            return List.of(new Problem(
                    "ctl worker", "give one of " + String.join(", ", VERBS) + ", and the slot or pid of a worker."));
        }
        var verb = words.get(1);
        if (!VERBS.contains(verb)) {
            return List.of(new Problem(verb, "no such command of ctl worker." + Suggestion.of(verb, VERBS)));
        }
        if (words.size() == 4 && !verb.equals("heap") && !verb.equals("jfr")) {
            return List.of(new Problem(words.get(3), verb + " takes no file."));
        }
        return words.get(2).matches("[0-9]{1,9}")
                ? List.of()
                : List.of(new Problem(words.get(2), "not the slot or pid of a worker: a number."));
    }

    /** Of words without a problem. */
    static WorkerVerb of(List<String> words, Path workingDirectory, ParseResult command) {
        var verb = words.get(1);
        var number = words.get(2);
        var file = words.size() == 4
                ? words.get(3)
                : "narwhal-worker-" + number + (verb.equals("heap") ? ".hprof" : ".jfr");
        var seconds = command.<List<String>>matchedOptionValue(CommandLines.SECONDS, List.of("30"));
        return new WorkerVerb(
                verb, number, workingDirectory.resolve(file).toAbsolutePath().normalize(), seconds.getLast());
    }

    ExitCode run(ControlClient server, PrintStream out) throws IOException {
        var reply = server.ask(verb.equals("dump") ? "GET" : "POST", path(), PATIENCE);
        if (reply.status() != OK && reply.status() != ACCEPTED) {
            throw new IOException("worker " + verb + " " + number + ": "
                    + server.read(reply, TypeToken.get(Refusal.class)).error());
        }
        switch (verb) {
            case "dump" -> out.print(reply.body());
            case "heap" -> out.println("heap of worker " + number + " in " + file);
            case "jfr" -> out.println("recording worker " + number + " for " + seconds + " s, then in " + file);
            default -> out.println("worker " + verb + " " + number + ": accepted");
        }
        return ExitCode.OK;
    }

    private String path() {
        var path = "/workers/" + number + "/" + (verb.equals("dump") ? "threads" : verb);
        return switch (verb) {
            case "heap" -> path + "?file=" + encoded();
            case "jfr" ->
                path + "?file=" + encoded() + "&seconds=" + URLEncoder.encode(seconds, StandardCharsets.UTF_8);
            default -> path;
        };
    }

    private String encoded() {
        return URLEncoder.encode(file.toString(), StandardCharsets.UTF_8);
    }
}
