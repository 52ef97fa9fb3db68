package dev.narwhal.contract;

import java.util.Map;

/** What a worker tells the master: one line on the worker's own pipe, which nobody else writes to. */
public sealed interface WorkerMessage {

    /** The applications are deployed and the worker takes connections. */
    record Ready() implements WorkerMessage {}

    /**
     * The worker serves, but has reached a limit of its {@link WorkerSpec.Wear} and asks for another in its place.
     *
     * @param reason what it has reached, to follow "it"
     */
    record Worn(String reason) implements WorkerMessage {}

    /**
     * The worker has so much memory that it is to be killed, before it costs others theirs.
     *
     * @param reason what it has, to follow "it"
     */
    record Excess(String reason) implements WorkerMessage {}

    /**
     * The worker serves, but one of its threads does not come back from a request, and asks for another in its place.
     *
     * @param reason what the worker does, to follow "it"
     */
    record Stuck(String reason) implements WorkerMessage {}

    /** The worker was told to drain (or its master is gone) and takes no connection once the accept queue is empty. */
    record Draining(int inFlight, int connections) implements WorkerMessage {}

    /**
     * The worker cannot serve and is about to exit with {@code code}.
     *
     * @param reason one line for the operator
     * @param detail the stack trace, shown at {@code --log-level debug}; may be empty
     */
    record Failed(ExitCode code, String reason, String detail) implements WorkerMessage {}

    static WorkerMessage parse(String text) {
        var line = Line.parse(text);
        return switch (line.kind()) {
            case "ready" -> new Ready();
            case "worn" -> new Worn(line.field("reason"));
            case "excess" -> new Excess(line.field("reason"));
            case "stuck" -> new Stuck(line.field("reason"));
            case "draining" ->
                new Draining(Integer.parseInt(line.field("in-flight")), Integer.parseInt(line.field("connections")));
            case "failed" ->
                new Failed(ExitCode.valueOf(line.field("code")), line.field("reason"), line.field("detail"));
            default ->
                throw new IllegalArgumentException("reading a message of a worker: unknown kind in '" + text + "'");
        };
    }

    /** The line without its end. */
    default String format() {
        return switch (this) {
            case Ready() -> new Line("ready", Map.of()).format();
            case Worn(String reason) -> new Line("worn", Map.of("reason", reason)).format();
            case Excess(String reason) -> new Line("excess", Map.of("reason", reason)).format();
            case Stuck(String reason) -> new Line("stuck", Map.of("reason", reason)).format();
            case Draining(int inFlight, int connections) ->
                new Line(
                                "draining",
                                Map.of(
                                        "in-flight", Integer.toString(inFlight),
                                        "connections", Integer.toString(connections)))
                        .format();
            case Failed(ExitCode code, String reason, String detail) ->
                new Line("failed", Map.of("code", code.name(), "reason", reason, "detail", detail)).format();
        };
    }
}
