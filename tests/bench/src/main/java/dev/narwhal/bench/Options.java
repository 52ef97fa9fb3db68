package dev.narwhal.bench;

import dev.narwhal.bench.server.Contender;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The command line.
 *
 * @param scenario what the servers are asked for
 * @param home the directory of Narwhal's distribution
 * @param work for logs and the web application
 * @param seconds that each server is measured in each round
 * @param warmup seconds that each server is loaded beforehand, for each of its processes
 * @param connections kept open, with one request in flight on each
 * @param host what clients name in their Host header
 * @param contenders in the order in which they are shown
 * @param heapMib for each server in total
 * @param json where all figures go
 */
record Options(
        Scenario scenario,
        Path home,
        Path work,
        int rounds,
        int seconds,
        int warmup,
        int connections,
        String host,
        List<Contender> contenders,
        int heapMib,
        List<String> narwhalJavaOptions,
        List<String> tomcatJavaOptions,
        Optional<Path> json) {

    static final String USAGE = """
            Usage: tests/bench/run [sessions] [OPTION]...
            Compares Narwhal's dispatch classes with Tomcat on this machine.

              --quick             under two minutes: 2 rounds of 3 s after 4 s of warm-up
              --rounds N          rounds; in each, every server is measured once. Default: 5
              --seconds S         how long a server is measured in a round. Default: 6
              --warmup S          how long each server is warmed up, for each of its processes. Default: 12
              --connections N     keep-alive connections. Default: 64
              --host NAME         what clients call the server in their Host header. Default: localhost
              --only NAME,...     of %s;
                                  with sessions, of %s
              --heap MIB          heap of each server, over all its JVMs. Default: 512
              --java-opts "..."   further JVM options for Narwhal's workers
              --tomcat-opts "..." further JVM options for Tomcat
              --json FILE         write all figures there
              --help              show this
            """.formatted(names(Scenario.PING), names(Scenario.SESSIONS));

    private static final List<String> VALUED = List.of(
            "scenario",
            "home",
            "work",
            "rounds",
            "seconds",
            "warmup",
            "connections",
            "host",
            "only",
            "heap",
            "java-opts",
            "tomcat-opts",
            "json");

    static Options parse(List<String> arguments) throws UsageException {
        var given = new HashMap<String, String>();
        boolean quick = false;
        for (var rest = arguments.iterator(); rest.hasNext(); ) {
            var argument = rest.next();
            if (argument.equals("--quick")) {
                quick = true;
                continue;
            }
            int equals = argument.indexOf('=');
            var name = equals < 0 ? argument : argument.substring(0, equals);
            if (!name.startsWith("--") || !VALUED.contains(name.substring(2))) {
                throw new UsageException(argument + ": unknown. See --help.");
            }
            if (equals < 0 && !rest.hasNext()) {
                throw new UsageException(name + ": needs a value. See --help.");
            }
            given.put(name.substring(2), equals < 0 ? rest.next() : argument.substring(equals + 1));
        }
        return of(given, quick);
    }

    private static Options of(Map<String, String> given, boolean quick) throws UsageException {
        var scenario = Scenario.named(given.getOrDefault("scenario", "ping"));
        return new Options(
                scenario,
                Path.of(given.getOrDefault("home", ".")),
                Path.of(given.getOrDefault("work", ".")),
                number(given, "rounds", quick ? 2 : 5),
                number(given, "seconds", quick ? 3 : 6),
                number(given, "warmup", quick ? 4 : 12),
                number(given, "connections", 64),
                host(given.getOrDefault("host", "localhost")),
                given.containsKey("only") ? contenders(scenario, given.get("only")) : installed(scenario),
                number(given, "heap", 512),
                words(given.getOrDefault("java-opts", "")),
                words(given.getOrDefault("tomcat-opts", "")),
                Optional.ofNullable(given.get("json")).map(Path::of));
    }

    private static int number(Map<String, String> given, String name, int byDefault) throws UsageException {
        var value = given.get(name);
        if (value == null) {
            return byDefault;
        }
        if (!value.matches("[1-9][0-9]{0,5}")) {
            throw new UsageException("--" + name + " " + value + ": not a whole number from 1 to 999999.");
        }
        return Integer.parseInt(value);
    }

    private static String host(String name) throws UsageException {
        if (!name.matches("[A-Za-z0-9.-]+")) {
            throw new UsageException("--host " + name + ": not a name or an IPv4 address, without a port.");
        }
        return name;
    }

    private static List<Contender> contenders(Scenario scenario, String only) throws UsageException {
        var known = scenario.contenders().stream().collect(Collectors.toMap(Contender::name, Function.identity()));
        var wanted = List.of(only.split(",", -1));
        for (var name : wanted) {
            if (!known.containsKey(name)) {
                throw new UsageException("--only " + name + ": unknown; there are " + names(scenario) + ".");
            }
        }
        return scenario.contenders().stream()
                .filter(one -> wanted.contains(one.name()))
                .toList();
    }

    private static List<Contender> installed(Scenario scenario) {
        return scenario.contenders().stream().filter(Contender::isInstalled).toList();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String names(Scenario scenario) {
        return scenario.contenders().stream().map(Contender::name).collect(Collectors.joining(","));
    }
}
