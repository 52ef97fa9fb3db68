package dev.narwhal.master.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The sockets that systemd has opened for this process, as sd_listen_fds(3) has it: {@code LISTEN_FDS} of them from descriptor 3 on, if {@code
 * LISTEN_PID} is this process, with names in {@code LISTEN_FDNAMES}. They take the place of the default bind, not of one that was given.
 */
public final class SocketActivation {

    private static final int FIRST = 3;
    private static final int MOST = 64;
    private static final String COUNT = "LISTEN_FDS";
    private static final String PID = "LISTEN_PID";
    private static final String NAMES = "LISTEN_FDNAMES";

    /** There when this process takes the place of the one that got the sockets. */
    private static final String SUCCEEDS = "NARWHAL_SUCCEEDS";

    private SocketActivation() {}

    static Map<Setting<?>, List<Given>> read(Map<String, String> environment) {
        var binds = passed(environment).stream()
                .map(bind -> new Given(bind.toString(), new Origin.Variable(COUNT)))
                .toList();
        return binds.isEmpty() ? Map.of() : Map.of(Settings.BIND, binds);
    }

    /** Those that were passed although something else was asked for. */
    public static List<Bind> unserved(Map<String, String> environment, List<Bind> binds) {
        return passed(environment).stream()
                .filter(passed -> binds.stream().noneMatch(passed::isSameSocket))
                .toList();
    }

    private static List<Bind> passed(Map<String, String> environment) {
        var count = environment.getOrDefault(COUNT, "");
        if (!count.matches("[1-9][0-9]?") || Integer.parseInt(count) > MOST || !isMeant(environment)) {
            return List.of();
        }
        var names = environment.getOrDefault(NAMES, "").split(":", -1);
        return IntStream.range(0, Integer.parseInt(count))
                .mapToObj(i ->
                        new Bind("", 0, i < names.length && names[i].startsWith("https"), OptionalInt.of(FIRST + i)))
                .toList();
    }

    private static boolean isMeant(Map<String, String> environment) {
        return environment.containsKey(SUCCEEDS)
                || environment
                        .getOrDefault(PID, "")
                        .equals(Long.toString(ProcessHandle.current().pid()));
    }

    /** The environment of children, for whom the sockets are not meant. */
    public static Map<String, String> hidden(Map<String, String> environment) {
        var rest = new HashMap<>(environment);
        rest.keySet().removeAll(Set.of(COUNT, PID, NAMES));
        return rest;
    }
}
