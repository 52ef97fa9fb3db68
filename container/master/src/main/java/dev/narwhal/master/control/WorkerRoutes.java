package dev.narwhal.master.control;

import dev.narwhal.master.observe.Observer;
import dev.narwhal.master.observe.ServerStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /workers/N/...}: what concerns one worker, by its slot or its pid. */
record WorkerRoutes(Observer observer, Orders orders) {

    private static final Pattern PATH = Pattern.compile("/workers/([0-9]{1,9})/(restart|kill|threads|heap|jfr)");
    private static final int LONGEST_RECORDING_SECONDS = 3600;

    /** Empty for what is not about a worker. */
    Optional<Answer> answer(String method, String path, Map<String, String> query) {
        var parts = PATH.matcher(path);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var what = parts.group(2);
        var wanted = what.equals("threads") ? "GET" : "POST";
        if (!method.equals(wanted)) {
            return Optional.of(Answer.error(405, path + " does not take " + method + " but " + wanted + "."));
        }
        int number = Integer.parseInt(parts.group(1));
        var workers = observer.status().workers().stream()
                .filter(worker -> worker.pid() != 0)
                .toList();
        return Optional.of(workers.stream()
                .filter(worker -> worker.pid() == number || worker.slot() == number)
                .findFirst()
                .map(worker -> answer(what, worker, query))
                .orElseGet(() -> Answer.error(
                        404,
                        "no worker has the slot or pid %d. There are: %s."
                                .formatted(
                                        number,
                                        String.join(
                                                ", ",
                                                workers.stream()
                                                        .map(worker -> worker.slot() + " (pid " + worker.pid() + ")")
                                                        .toList())))));
    }

    private Answer answer(String what, ServerStatus.Worker worker, Map<String, String> query) {
        return switch (what) {
            case "restart" -> restart(worker);
            case "kill" -> {
                orders.kill(worker.pid());
                yield Answer.accepted("kill worker " + worker.slot());
            }
            case "threads" -> Jcmd.threads(worker.pid());
            case "heap" ->
                file(worker, query, ".hprof")
                        .map(file -> Jcmd.heap(worker.pid(), file))
                        .orElseGet(WorkerRoutes::noFile);
            case "jfr" ->
                file(worker, query, ".jfr")
                        .map(file -> record(worker, file, query.getOrDefault("seconds", "30")))
                        .orElseGet(WorkerRoutes::noFile);
            default -> throw new IllegalArgumentException(what);
        };
    }

    private Answer restart(ServerStatus.Worker worker) {
        if (!worker.state().equals("ready")) {
            return Answer.error(
                    409,
                    "worker %d is %s; only one that is ready can be replaced."
                            .formatted(worker.slot(), worker.state()));
        }
        orders.restart(worker.pid());
        return Answer.accepted("restart worker " + worker.slot());
    }

    private static Answer record(ServerStatus.Worker worker, Path file, String seconds) {
        if (!seconds.matches("[0-9]{1,4}") || Integer.parseInt(seconds) > LONGEST_RECORDING_SECONDS) {
            return Answer.error(
                    400, "seconds=" + seconds + " is not a number up to " + LONGEST_RECORDING_SECONDS + ".");
        }
        return Jcmd.record(worker.pid(), file, Duration.ofSeconds(Integer.parseInt(seconds)));
    }

    /** The worker writes it, from where it was started, so a relative name would say little. */
    private static Optional<Path> file(ServerStatus.Worker worker, Map<String, String> query, String suffix) {
        return Optional.ofNullable(query.get("file"))
                .map(Path::of)
                .filter(Path::isAbsolute)
                .filter(file -> file.toString().endsWith(suffix) && worker.pid() != 0);
    }

    private static Answer noFile() {
        return Answer.error(
                400, "file= names no absolute path that ends with .hprof for a heap, or .jfr for a recording.");
    }
}
