package dev.narwhal.bench.sessions;

import dev.narwhal.bench.server.Setup;
import dev.narwhal.bench.server.WarDirectory;
import dev.narwhal.contract.WorkerSpec;
import dev.narwhal.worker.session.JavaSerialization;
import dev.narwhal.worker.session.Serialized;
import dev.narwhal.worker.session.SessionStore;
import dev.narwhal.worker.session.SessionStoreProvider;
import dev.narwhal.worker.session.Times;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * Puts very many sessions of 1 KiB into the store of a server with two workers, all of which end at the same moment, and measures how long four
 * users wait for an answer before that and meanwhile. Arguments: the distribution's directory, a directory for what is written, the number of
 * sessions.
 */
public final class MillionBench {

    private static final Pattern SERVING = Pattern.compile("serving .* at http://[^:]+:(\\d+)/");
    private static final String CONTEXT = "";
    /** What a server maps that has a {@code --session-dir}. */
    private static final long MAPPED_BYTES = 64L << 30;

    private static final int SESSION_BYTES = 1024;
    private static final int VISITORS = 4;
    private static final long THINK_MILLIS = 2;
    private static final int QUIET_SECONDS = 10;
    private static final long MILLIS_FOR_EACH_THOUSAND = 100;

    private final Path sessions;
    private final int count;

    private MillionBench(Path sessions, int count) {
        this.sessions = sessions;
        this.count = count;
    }

    public static void main(String[] args) throws Exception {
        var memory = Path.of("/dev/shm");
        int count = Integer.parseInt(args[2]);
        var sessions = Files.createTempDirectory(
                Files.getFileStore(memory).getUsableSpace() > 4096L * count ? memory : Path.of(args[1]),
                "narwhal-million-");
        try {
            var war = WarDirectory.write(Path.of(args[1]).resolve("war"));
            var command = List.of(
                    Path.of(args[0], "bin", "narwhal").toString(),
                    "run",
                    "--bind=127.0.0.1:0",
                    "--workers=2",
                    "--session-dir=" + sessions,
                    war + "=/");
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment()
                    .put("NARWHAL_CACHE", Path.of(args[1]).resolve("cache").toString());
            builder.environment().put("NARWHAL_JAVA_HOME", Setup.JAVA_HOME.toString());
            var narwhal = builder.start();
            // also when the bench is interrupted
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(narwhal::destroy));
            try {
                new MillionBench(sessions, count).measure(port(narwhal.inputReader(StandardCharsets.UTF_8)));
            } finally {
                narwhal.destroy();
                narwhal.waitFor();
            }
        } finally {
            delete(sessions);
        }
    }

    private static int port(BufferedReader log) throws IOException {
        var lines = new StringBuilder();
        for (var line = log.readLine(); line != null; line = log.readLine()) {
            lines.append(line).append('\n');
            var matcher = SERVING.matcher(line);
            if (matcher.find()) {
                log(log);
                return Integer.parseInt(matcher.group(1));
            }
        }
        throw new EOFException("narwhal did not start:\n" + lines);
    }

    /** Until the server ends. */
    private static void log(BufferedReader log) {
        Thread.ofPlatform().daemon(true).start(() -> {
            try {
                for (var line = log.readLine(); line != null; line = log.readLine()) {
                    System.err.println(line);
                }
            } catch (IOException e) {
                // it was ended
            }
        });
    }

    private void measure(int port) throws Exception {
        try (var store = open()) {
            long before = bytes(store);
            long start = System.currentTimeMillis();
            long end = start + 20_000 + MILLIS_FOR_EACH_THOUSAND * count / 1000;
            fill(store, end);
            long filled = System.currentTimeMillis();
            print("created", "%d sessions in %d ms".formatted(count, filled - start));
            print(
                    "in the store",
                    "%d bytes for each session of %d".formatted((bytes(store) - before) / count, SESSION_BYTES));
            if (filled > end - QUIET_SECONDS * 1000L) {
                throw new IllegalStateException("filling the store took so long that sessions have ended meanwhile");
            }
            // Until then, so that neither the first requests of a worker nor its first collections are measured.
            visit(port, () -> System.currentTimeMillis() < end - QUIET_SECONDS * 1000L);
            print(
                    "before they end",
                    visit(port, () -> System.currentTimeMillis() < end).toString());
            var meanwhile = visit(port, () -> store.count(CONTEXT) > 100);
            print("while they end", meanwhile.toString());
            print("all had ended", "after %d ms".formatted(System.currentTimeMillis() - end));
        }
    }

    private SessionStore open() {
        return ServiceLoader.load(SessionStoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("lmdb"))
                .findFirst()
                .orElseThrow()
                .open(new WorkerSpec.Sessions("lmdb", Optional.of(sessions), MAPPED_BYTES, false));
    }

    private void fill(SessionStore store, long end) throws IOException {
        var random = new Random(1);
        var value = new byte[SESSION_BYTES];
        random.nextBytes(value);
        Serialized bytes = new JavaSerialization(MillionBench.class.getClassLoader(), "").write("value", value);
        int maxInactive = 3600;
        var times =
                new Times(end - maxInactive * 1000L, end - maxInactive * 1000L, end - maxInactive * 1000L, maxInactive);
        var id = new byte[30];
        for (int i = 0; i < count; i++) {
            random.nextBytes(id);
            store.create(CONTEXT, Base64.getUrlEncoder().encodeToString(id), times, Map.of("value", bytes));
        }
    }

    /** What is in use of its file; in memory the file is as long as the map from the beginning. */
    private static long bytes(SessionStore store) {
        return store.size().orElseThrow().bytes();
    }

    /** The longest and other times to an answer, in milliseconds. */
    private record Waits(int answers, double p50, double p99, double p999, double max) {

        static Waits of(List<Long> nanos) {
            var sorted = nanos.stream().mapToLong(Long::longValue).toArray();
            Arrays.sort(sorted);
            return new Waits(sorted.length, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 0.999), at(sorted, 1));
        }

        private static double at(long[] sorted, double part) {
            return sorted[(int) Math.min(sorted.length - 1L, (long) (part * sorted.length))] / 1e6;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d answers, ms: p50 %.1f, p99 %.1f, p99.9 %.1f, longest %.1f",
                    answers,
                    p50,
                    p99,
                    p999,
                    max);
        }
    }

    private static Waits visit(int port, BooleanSupplier going) throws Exception {
        var nanos = new ArrayList<Long>();
        try (var visitors = Executors.newFixedThreadPool(VISITORS)) {
            var visits = new ArrayList<Future<List<Long>>>();
            for (int i = 0; i < VISITORS; i++) {
                visits.add(visitors.submit(() -> visits(port, going)));
            }
            for (var visit : visits) {
                nanos.addAll(visit.get());
            }
        }
        return Waits.of(nanos);
    }

    private static List<Long> visits(int port, BooleanSupplier going) throws IOException, InterruptedException {
        var nanos = new ArrayList<Long>();
        try (var visitor = new Visitor(port)) {
            while (going.getAsBoolean()) {
                nanos.add(visitor.visit());
                Thread.sleep(THINK_MILLIS);
            }
        }
        return nanos;
    }

    private static void print(String what, String figures) {
        System.out.printf(Locale.ROOT, "%-18s %s%n", what, figures);
    }

    private static void delete(Path directory) {
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
