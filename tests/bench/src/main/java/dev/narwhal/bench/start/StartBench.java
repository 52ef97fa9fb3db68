package dev.narwhal.bench.start;

import dev.narwhal.bench.server.Setup;
import dev.narwhal.bench.server.TomcatMain;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Starts a large WAR in turns in Tomcat, with an empty base directory, and in Narwhal, with an empty cache, and then kills one worker of Narwhal's.
 * Arguments: the distribution's directory, a directory for what is written, the small WAR that the large one is made of, and the number of rounds.
 */
public final class StartBench {

    private static final Pattern SERVING = Pattern.compile("serving .* at http://");
    private static final Pattern PREPARED = Pattern.compile("prepared .* in (\\d+) ms");
    private static final Pattern READY = Pattern.compile("worker \\d+ \\(pid (\\d+)\\) ready in (\\d+) ms");
    private static final String HEAP = "-Xmx512m";

    /** All in milliseconds. */
    private record Round(long tomcat, long prepare, long firstWorker, long laterWorker) {}

    private final Path home;
    private final Path work;
    private final Path war;

    private StartBench(Path home, Path work, Path war) {
        this.home = home;
        this.work = work;
        this.war = war;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        var work = Files.createDirectories(Path.of(args[1]));
        var war = LargeWar.make(Path.of(args[2]), work.resolve("large.war"));
        System.out.printf(
                Locale.ROOT, "%s: %d MiB, %d JARs%n", war.getFileName(), Files.size(war) >> 20, LargeWar.JARS);
        var bench = new StartBench(Path.of(args[0]), work, war);
        var rounds = new ArrayList<Round>();
        for (int i = 0; i < Integer.parseInt(args[3]); i++) {
            var round = bench.round();
            System.err.println("bench: " + round);
            rounds.add(round);
        }
        print(rounds);
    }

    private static void print(List<Round> rounds) {
        System.out.printf(Locale.ROOT, "%-34s %8s %8s%n", "", "ms", "ratio");
        line("Tomcat, from its start to serving", rounds, Round::tomcat);
        line("Narwhal prepares", rounds, Round::prepare);
        line("its first worker boots", rounds, Round::firstWorker);
        line("a later worker boots", rounds, Round::laterWorker);
    }

    /** The medians of the figure and of its ratio to Tomcat's in the same round. */
    private static void line(String what, List<Round> rounds, ToLongFunction<Round> figure) {
        System.out.printf(
                Locale.ROOT,
                "%-34s %8d %8.2f%n",
                what,
                (long) median(rounds.stream().mapToDouble(figure::applyAsLong).toArray()),
                median(rounds.stream()
                        .mapToDouble(round -> (double) figure.applyAsLong(round) / round.tomcat())
                        .toArray()));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private Round round() throws IOException, InterruptedException {
        long tomcat = tomcat();
        var cache = work.resolve("cache");
        // The AOT cache belongs to the installation and not to the WAR.
        try (var prepared = Files.exists(cache) ? Files.list(cache) : Stream.<Path>of()) {
            prepared.filter(path -> !path.endsWith("aot")).forEach(StartBench::delete);
        }
        var command = List.of(
                home.resolve("bin/narwhal").toString(),
                "run",
                "--bind=127.0.0.1:0",
                "--workers=1",
                "--java-opts=" + HEAP,
                war.toString());
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("NARWHAL_CACHE", cache.toString());
        builder.environment().put("NARWHAL_JAVA_HOME", Setup.JAVA_HOME.toString());
        var narwhal = builder.start();
        try (var log = narwhal.inputReader(StandardCharsets.UTF_8)) {
            long prepare = Long.parseLong(await(log, PREPARED).get(0));
            var first = await(log, READY);
            await(log, SERVING);
            ProcessHandle.of(Long.parseLong(first.get(0))).ifPresent(ProcessHandle::destroyForcibly);
            var later = await(log, READY);
            return new Round(tomcat, prepare, Long.parseLong(first.get(1)), Long.parseLong(later.get(1)));
        } finally {
            end(narwhal);
        }
    }

    private long tomcat() throws IOException, InterruptedException {
        var command =
                new ArrayList<>(List.of(Setup.JAVA_HOME.resolve("bin/java").toString(), HEAP));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TomcatMain.class.getName()));
        command.addAll(List.of("platform", war.toString()));
        long start = System.nanoTime();
        var tomcat = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var log = tomcat.inputReader(StandardCharsets.UTF_8)) {
            await(log, SERVING);
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        } finally {
            tomcat.getOutputStream().close();
            end(tomcat);
        }
    }

    /** The groups of the first line that matches. */
    private static List<String> await(BufferedReader log, Pattern pattern) throws IOException {
        var lines = new StringBuilder();
        for (var line = log.readLine(); line != null; line = log.readLine()) {
            lines.append(line).append('\n');
            var matcher = pattern.matcher(line);
            if (matcher.find()) {
                var groups = new ArrayList<String>();
                for (int i = 1; i <= matcher.groupCount(); i++) {
                    groups.add(matcher.group(i));
                }
                return groups;
            }
        }
        throw new EOFException("the server ended without '" + pattern + "':\n" + lines);
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private static void delete(Path path) {
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
