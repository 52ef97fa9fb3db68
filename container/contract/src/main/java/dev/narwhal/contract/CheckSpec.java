package dev.narwhal.contract;

import java.util.ArrayList;
import java.util.List;

/**
 * The command line of the short-lived child that tells what will work of an application.
 *
 * @param prepare which application, and what it finds around it; it is prepared already
 * @param deployment how a worker fared with it
 * @param json whether to print JSON instead of text
 */
public record CheckSpec(PrepareSpec prepare, Deployment deployment, boolean json) {

    /** What a throw-away worker said. */
    public sealed interface Deployment {

        /** It was ready after that time. */
        record Ready(long millis) implements Deployment {}

        /** It was not, for that reason, a sentence. */
        record Failed(String reason) implements Deployment {}
    }

    private static final String READY = "ready-after";
    private static final String FAILED = "failed-because";

    public List<String> toArguments() {
        var arguments = new ArrayList<>(prepare.toArguments());
        arguments.add(
                switch (deployment) {
                    case Deployment.Ready(long millis) -> READY + "=" + millis;
                    case Deployment.Failed(String reason) -> FAILED + "=" + reason;
                });
        arguments.add("json=" + json);
        return arguments;
    }

    public static CheckSpec ofArguments(List<String> arguments) {
        var options = new Arguments(arguments);
        return new CheckSpec(
                PrepareSpec.ofArguments(arguments),
                options.optional(READY)
                        .<Deployment>map(millis -> new Deployment.Ready(Long.parseLong(millis)))
                        .orElseGet(() -> new Deployment.Failed(options.one(FAILED))),
                Boolean.parseBoolean(options.one("json")));
    }
}
