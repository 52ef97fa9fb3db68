package dev.narwhal.master.config;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Reads the settings in the environment. An empty variable counts as not given, as composed environments often have them. */
final class Environment {

    private static final String PREFIX = "NARWHAL_";

    /** No settings: read by the launcher scripts, or left by a master for the one that takes its place. */
    private static final Set<String> LAUNCHER =
            Set.of("NARWHAL_CACHE", "NARWHAL_HOME", "NARWHAL_JAVA_HOME", "NARWHAL_MASTER_OPTS", "NARWHAL_SUCCEEDS");

    /** What a worker tells its application, which may start another server. */
    private static final Set<String> WORKER = Set.of("NARWHAL_WORKER_INDEX");

    /**
     * What Kubernetes puts into every container when a Service is called {@code narwhal} or {@code narwhal-…}:
     * {@code NARWHAL_SERVICE_HOST}, {@code NARWHAL_PORT_8000_TCP_ADDR} and so on. Not ours, and not the operator's mistake.
     */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "NARWHAL_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_[0-9]+_(TCP|UDP|SCTP)(_PROTO|_PORT|_ADDR)?)?)");

    private Environment() {}

    static Map<Setting<?>, List<Given>> read(Map<String, String> environment, Consumer<Problem> problems) {
        var givens = new HashMap<Setting<?>, List<Given>>();
        for (var setting : Settings.ALL) {
            var text = environment.getOrDefault(setting.variable(), "");
            if (!text.isBlank()) {
                var origin = new Origin.Variable(setting.variable());
                givens.put(
                        setting,
                        setting.splitVariable(text).stream()
                                .map(part -> new Given(part, origin))
                                .toList());
            }
        }
        refuseUnknown(environment, problems);
        return givens;
    }

    private static void refuseUnknown(Map<String, String> environment, Consumer<Problem> problems) {
        var known = Settings.ALL.stream().<String>map(Setting::variable).toList();
        for (var name : new TreeMap<>(environment).keySet()) {
            if (name.startsWith(PREFIX)
                    && !known.contains(name)
                    && !LAUNCHER.contains(name)
                    && !WORKER.contains(name)
                    && !SERVICE_LINK.matcher(name).matches()) {
                problems.accept(new Problem(name, "no such setting." + suggestion(name)));
            }
        }
    }

    /** Compares without the prefix, which would make everything look alike. */
    private static String suggestion(String variable) {
        var name = variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
        return Suggestion.nearest(name, Settings.names())
                .flatMap(Settings::named)
                .map(setting -> " Did you mean '" + setting.variable() + "'?")
                .orElse("");
    }
}
