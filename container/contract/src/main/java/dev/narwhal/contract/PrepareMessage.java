package dev.narwhal.contract;

import java.nio.file.Path;
import java.util.Map;

/** What the preparing child tells the master: one line on its pipe, one {@code Prepared} for each WAR in order, or a {@code Failed}. */
public sealed interface PrepareMessage {

    /**
     * Something that an operator may wait for.
     *
     * @param what a phrase such as {@code unpacking shop.war (412 of 2310 entries)}
     */
    record Progress(String what) implements PrepareMessage {}

    /**
     * Something about the application that the operator should know; the deployment goes on.
     */
    record Warning(String text) implements PrepareMessage {}

    /** An application is ready to be loaded by workers. */
    record Prepared(PreparedWar war) implements PrepareMessage {}

    /** An application cannot be prepared; the child is about to exit with {@code code}. */
    record Failed(ExitCode code, String reason, String detail) implements PrepareMessage {}

    static PrepareMessage parse(String text) {
        var line = Line.parse(text);
        return switch (line.kind()) {
            case "progress" -> new Progress(line.field("what"));
            case "warning" -> new Warning(line.field("text"));
            case "prepared" ->
                new Prepared(new PreparedWar(
                        line.field("context-path"),
                        Path.of(line.field("directory")),
                        line.field("name"),
                        Boolean.parseBoolean(line.field("distributable")),
                        Boolean.parseBoolean(line.field("native-code")),
                        Boolean.parseBoolean(line.field("migrated")),
                        Boolean.parseBoolean(line.field("reused"))));
            case "failed" ->
                new Failed(ExitCode.valueOf(line.field("code")), line.field("reason"), line.field("detail"));
            default ->
                throw new IllegalArgumentException(
                        "reading a message of the preparing child: unknown kind in '" + text + "'");
        };
    }

    /** The line without its end. */
    default String format() {
        var line = switch (this) {
            case Progress(String what) -> new Line("progress", Map.of("what", what));
            case Warning(String warning) -> new Line("warning", Map.of("text", warning));
            case Prepared(PreparedWar war) ->
                new Line(
                        "prepared",
                        Map.of(
                                "context-path", war.contextPath(),
                                "directory", war.directory().toString(),
                                "name", war.name(),
                                "distributable", Boolean.toString(war.distributable()),
                                "native-code", Boolean.toString(war.nativeCode()),
                                "migrated", Boolean.toString(war.migrated()),
                                "reused", Boolean.toString(war.reused())));
            case Failed(ExitCode code, String reason, String detail) ->
                new Line("failed", Map.of("code", code.name(), "reason", reason, "detail", detail));
        };
        return line.format();
    }
}
