package dev.narwhal.bench.sessions;

import dev.narwhal.contract.ScoreboardSessions;
import dev.narwhal.contract.WorkerSpec;
import dev.narwhal.worker.session.Activation;
import dev.narwhal.worker.session.CountedStore;
import dev.narwhal.worker.session.GroupCommit;
import dev.narwhal.worker.session.JavaSerialization;
import dev.narwhal.worker.session.SessionStore;
import dev.narwhal.worker.session.SessionStoreProvider;
import dev.narwhal.worker.session.SessionView;
import dev.narwhal.worker.session.Sessions;
import dev.narwhal.worker.session.StoreException;
import jakarta.servlet.http.HttpSessionActivationListener;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * What a worker does for the session of a request that counts in it, without the request: finds it, gets a number, sets it, stores it. Processor time of the one
 * thread that does it, which other work on the machine changes little. Argument: how many thousand requests.
 */
public final class StoreBench {

    private static final long BYTES = 64L << 20;
    private static final int SESSIONS = 32;
    private static final int IDLE_SECONDS = 1800;
    private static final int THOUSAND = 1000;

    /**
     * What is measured.
     *
     * @param store a value of {@code --sessions}
     * @param together so many requests are written in one go
     * @param processes share the store, and all do the same
     */
    private record Case(String store, int together, int processes) {

        static final List<Case> ALL = List.of(
                new Case("memory", 1, 1),
                new Case("lmdb", 1, 1),
                new Case("lmdb", 4, 1),
                new Case("lmdb", 16, 1),
                new Case("lmdb", 1, 2),
                new Case("lmdb", 4, 2),
                new Case("lmdb", 16, 2));
    }

    private static final class NoActivation implements Activation {
        @Override
        public void activated(SessionView session, HttpSessionActivationListener value) {
            // no value wants to be told
        }

        @Override
        public void passivating(SessionView session, HttpSessionActivationListener value) {
            // no value wants to be told
        }
    }

    private StoreBench() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 1) {
            System.out.println("store    processes  together  CPU us");
            for (var each : Case.ALL) {
                System.out.printf(
                        Locale.ROOT,
                        "%-8s %9d %9d %7.2f%n",
                        each.store(),
                        each.processes(),
                        each.together(),
                        inProcesses(each, args[0]));
            }
        } else {
            System.out.println(
                    measure(args[0], Path.of(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3])));
        }
    }

    /** The mean of them all. */
    private static double inProcesses(Case each, String thousands) throws IOException, InterruptedException {
        var directory = Files.createTempDirectory(Path.of("/dev/shm"), "narwhal-store-");
        try {
            var command = new ArrayList<String>();
            command.add(
                    Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
            command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
            command.addAll(List.of("-cp", System.getProperty("java.class.path", ""), StoreBench.class.getName()));
            command.addAll(List.of(each.store(), directory.toString(), Integer.toString(each.together()), thousands));
            var processes = new ArrayList<Process>();
            for (int i = 0; i < each.processes(); i++) {
                processes.add(new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
            }
            double sum = 0;
            for (var process : processes) {
                var line = process.inputReader().readLine();
                if (process.waitFor() != 0 || line == null) {
                    throw new IOException("measuring " + each + ": a process failed");
                }
                sum += Double.parseDouble(line);
            }
            return sum / processes.size();
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    private static double measure(String name, Path directory, int together, int thousands) {
        var counters = ScoreboardSessions.unseen();
        try (var store = new CountedStore(open(name, directory), counters)) {
            var sessions = new Sessions(
                    store,
                    "",
                    false,
                    new JavaSerialization(StoreBench.class.getClassLoader(), ""),
                    new NoActivation(),
                    WorkerSpec.SessionRules.DEFAULT,
                    counters);
            var ids = IntStream.range(0, SESSIONS)
                    .mapToObj(_ -> UUID.randomUUID().toString())
                    .toList();
            ids.forEach(id -> create(sessions, id));
            var group = together > 1 ? Optional.of(new GroupCommit(store, _ -> {})) : Optional.<GroupCommit>empty();
            run(sessions, ids, group, together, thousands); // until its code is compiled
            return run(sessions, ids, group, together, thousands);
        }
    }

    private static SessionStore open(String name, Path directory) {
        return ServiceLoader.load(SessionStoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow()
                .open(new WorkerSpec.Sessions(name, Optional.of(directory), BYTES, false));
    }

    private static void create(Sessions sessions, String id) {
        long now = System.currentTimeMillis();
        var session = sessions.create(id, now, IDLE_SECONDS);
        session.set("visits", 1);
        session.done(now);
    }

    /** In microseconds. */
    private static double run(
            Sessions sessions, List<String> ids, Optional<GroupCommit> group, int together, int thousands) {
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        int requests = thousands * THOUSAND;
        for (int i = 1; i <= requests; i++) {
            long now = System.currentTimeMillis();
            var session = sessions.find(ids.get(i % SESSIONS), now).orElseThrow();
            session.set("visits", session.get("visits").orElseThrow() instanceof Integer visits ? visits + 1 : 1);
            if (group.isEmpty()) {
                session.done(now);
            } else {
                session.done(now, group.get(), failure -> failure.ifPresent(StoreBench::fail));
                if (i % together == 0) {
                    group.get().commit();
                }
            }
        }
        group.ifPresent(GroupCommit::commit);
        return (threads.getCurrentThreadCpuTime() - start) / 1e3 / requests;
    }

    private static void fail(StoreException failure) {
        throw failure;
    }
}
