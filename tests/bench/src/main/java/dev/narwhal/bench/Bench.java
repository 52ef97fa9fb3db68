package dev.narwhal.bench;

import com.google.gson.GsonBuilder;
import dev.narwhal.bench.app.SessionServlet;
import dev.narwhal.bench.load.LoadGenerator;
import dev.narwhal.bench.load.LoadMain;
import dev.narwhal.bench.load.Run;
import dev.narwhal.bench.load.Sample;
import dev.narwhal.bench.server.Contender;
import dev.narwhal.bench.server.RunningServer;
import dev.narwhal.bench.server.Setup;
import dev.narwhal.bench.server.WarDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Starts the servers and the load generator, measures in rounds and prints the table. */
public final class Bench {

    private static final int SETTLE_MILLIS = 500;

    /** All figures, for {@code --json}. */
    private record Report(
            String java,
            int cores,
            double loadBefore,
            int rounds,
            int seconds,
            int warmup,
            int connections,
            int heapMib,
            double clientLoad,
            List<Results.Row> servers,
            Map<String, List<Sample>> samples) {}

    private final Options options;
    private final Children children;
    private final LoadGenerator load;
    /** What the table has no column for. */
    private final List<String> more = new ArrayList<>();

    private Bench(Options options, Children children) throws IOException {
        this.options = options;
        this.children = children;
        var flags = List.of("-Xms64m", "-Xmx64m", "-XX:+UseSerialGC", "-XX:-UsePerfData");
        this.load = new LoadGenerator(children.startTool(setup().java(flags, LoadMain.class, List.of())));
    }

    /** Exit status 0, 1 if a server could not be started or answered wrongly, 2 for a mistake on the command line. */
    public static void main(String[] args) {
        if (List.of(args).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        try {
            System.exit(run(Options.parse(List.of(args))) ? 0 : 1);
        } catch (UsageException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(2);
        } catch (IOException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(1);
        }
    }

    private static boolean run(Options options) throws IOException {
        Files.createDirectories(options.work());
        double loadBefore = loadAverage();
        try (var children = new Children(options.work())) {
            var bench = new Bench(options, children);
            var results = bench.measure();
            System.out.print(Table.of(results.rows()));
            System.out.printf(
                    Locale.ROOT,
                    "%d rounds of %d s, %d connections, load generator at %.0f %% of a core, load average before %.2f%n",
                    options.rounds(),
                    options.seconds(),
                    options.connections(),
                    100 * results.clientLoad(),
                    loadBefore);
            for (var line : bench.more) {
                System.out.println(line);
            }
            if (options.json().isPresent()) {
                write(options.json().get(), report(options, results, loadBefore));
            }
            return !results.failed();
        }
    }

    private static Report report(Options options, Results results, double loadBefore) {
        return new Report(
                Runtime.version().toString(),
                Runtime.getRuntime().availableProcessors(),
                loadBefore,
                options.rounds(),
                options.seconds(),
                options.warmup(),
                options.connections(),
                options.heapMib(),
                results.clientLoad(),
                results.rows(),
                results.samples());
    }

    private static void write(Path file, Report report) throws IOException {
        var gson = new GsonBuilder().setPrettyPrinting().create();
        Files.writeString(file, gson.toJson(report) + "\n");
    }

    private Setup setup() {
        return new Setup(
                options.home(),
                options.work().resolve("war"),
                options.heapMib(),
                options.narwhalJavaOptions(),
                options.tomcatJavaOptions());
    }

    private Results measure() throws IOException {
        WarDirectory.write(setup().war());
        var servers = new ArrayList<RunningServer>();
        for (var contender : options.contenders()) {
            say("starting " + contender.name());
            servers.add(start(contender));
        }
        var warmups = new LinkedHashMap<Contender, List<Sample>>();
        for (var server : servers) {
            warmups.put(server.contender(), warmUp(server));
        }
        var rounds = new ArrayList<Map<Contender, Sample>>();
        for (int round = 1; round <= options.rounds(); round++) {
            Collections.shuffle(servers);
            var samples = new LinkedHashMap<Contender, Sample>();
            for (var server : servers) {
                samples.put(
                        server.contender(),
                        sample("round " + round + " of " + options.rounds(), server, options.seconds()));
            }
            rounds.add(samples);
        }
        var results = new Results(options.contenders(), warmups, rounds);
        if (options.scenario() == Scenario.SESSIONS) {
            compareStores(results);
            compareReads(servers);
        }
        return results;
    }

    /**
     * In parts, as it is measured. What happens only when connections are new, such as that a session is created, is rare enough in one long load
     * for the compiler to leave it out; the next load would then be measured while its code is compiled again.
     */
    private List<Sample> warmUp(RunningServer server) throws IOException {
        var samples = new ArrayList<Sample>();
        int left = options.warmup() * server.contender().processes();
        while (left > 0) {
            int seconds = Math.min(left, options.seconds());
            samples.add(sample("warm-up", server, seconds));
            left -= seconds;
        }
        return samples;
    }

    private void compareStores(Results results) {
        for (var suffix : List.of("", "-virtual")) {
            results.ratio("lmdb-2" + suffix, "memory-1" + suffix).ifPresent(more::add);
        }
    }

    /** What a session costs for its size, where nothing in it changes. */
    private void compareReads(List<RunningServer> servers) throws IOException {
        for (var server : servers) {
            if (!server.contender().name().equals("lmdb-2")) {
                continue;
            }
            var few = new ArrayList<Sample>();
            var many = new ArrayList<Sample>();
            for (int round = 0; round <= options.rounds(); round++) {
                few.add(sample("one attribute", server, SessionServlet.PATH + "/1", options.seconds()));
                many.add(sample("fifty attributes", server, SessionServlet.PATH + "/50", options.seconds()));
            }
            more.add(String.format(
                    Locale.ROOT,
                    "lmdb-2: reading a session of 1 attribute takes %.1f µs of processor time, of 50 attributes, all read, %.1f µs",
                    cpuMicros(few),
                    cpuMicros(many)));
        }
    }

    /** The median, without the first one, in which code is compiled. */
    private static double cpuMicros(List<Sample> samples) {
        return Results.median(
                samples.stream().skip(1).mapToDouble(Sample::cpuMicros).toArray());
    }

    private RunningServer start(Contender contender) throws IOException {
        var log = options.work().resolve(contender.name() + ".log");
        return RunningServer.await(contender, children.start(contender.command(setup())), log);
    }

    private Sample sample(String phase, RunningServer server, int seconds) throws IOException {
        return sample(phase, server, options.scenario().path(), seconds);
    }

    private Sample sample(String phase, RunningServer server, String path, int seconds) throws IOException {
        var sample = load.measure(new Run(
                server.port(),
                options.host(),
                path,
                options.scenario().answerBytes(),
                options.connections(),
                SETTLE_MILLIS,
                1000L * seconds,
                server.pid()));
        var figures = String.format(
                Locale.ROOT,
                "%,.0f req/s, p99 %.2f ms, errors %d",
                sample.rate(),
                sample.p99Nanos() / 1e6,
                sample.errors());
        say(phase + ": " + server.contender().name() + " " + figures);
        return sample;
    }

    private static void say(String line) {
        System.err.println("bench: " + line);
    }

    /** Of the last minute, as the kernel counts it; 0 where it does not. */
    private static double loadAverage() {
        try {
            return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
        } catch (IOException _) {
            return 0;
        }
    }
}
