package dev.narwhal.bench.server;

import dev.narwhal.bench.app.PingServlet;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A server in the configuration that is measured. */
public sealed interface Contender {

    /** All there are, in the order in which they are shown. */
    List<Contender> ALL = Stream.concat(
                    Stream.of("sync", "threaded", "virtual")
                            .flatMap(dispatch ->
                                    Stream.of(1, 2).map(workers -> (Contender) new Narwhal(dispatch, workers))),
                    Stream.concat(Stream.of(Threads.values()).map(Tomcat::new), Stream.of(new Nginx())))
            .toList();

    /** With two places for sessions and as many threads in all, and Tomcat, whose sessions are in memory; Redis beside them. */
    List<Contender> WITH_SESSIONS = List.of(
            new Narwhal("lmdb-2", "threaded", 2, List.of("--threads=100")),
            new Narwhal("memory-1", "threaded", 1, List.of("--threads=200", "--sessions=memory")),
            new Narwhal("lmdb-2-virtual", "virtual", 2, List.of()),
            new Narwhal("memory-1-virtual", "virtual", 1, List.of("--sessions=memory")),
            new WithRedis(new Narwhal("redis-2", "threaded", 2, List.of("--threads=100"))),
            new Tomcat(Threads.PLATFORM));

    /** What runs Tomcat's requests. */
    enum Threads {
        PLATFORM,
        VIRTUAL;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** As in {@code --only}. */
    String name();

    /** Whether it can be measured here. */
    boolean isInstalled();

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** Processes that serve requests, each of which has to compile its code. */
    int processes();

    /** The command that starts it. It says on one line {@code serving WAR at URL} when it does. */
    List<String> command(Setup setup);

    /**
     * The built distribution, with the flags that its master chooses.
     *
     * @param dispatch a value of {@code --dispatch}
     * @param options further ones
     */
    record Narwhal(String name, String dispatch, int workers, List<String> options) implements Contender {

        public Narwhal {
            options = List.copyOf(options);
        }

        public Narwhal(String dispatch, int workers) {
            this(dispatch + "-" + workers, dispatch, workers, List.of());
        }

        @Override
        public boolean isInstalled() {
            return true;
        }

        @Override
        public int processes() {
            return workers;
        }

        @Override
        public List<String> command(Setup setup) {
            var command = new ArrayList<>(
                    List.of(setup.home().resolve("bin").resolve("narwhal").toString(), "run", "--bind", "127.0.0.1:0"));
            command.addAll(List.of("--workers", Integer.toString(workers), "--dispatch", dispatch));
            command.addAll(options);
            command.addAll(List.of("--java-opts", "-Xmx" + setup.heapMib() / workers + "m"));
            if (!setup.narwhalJavaOptions().isEmpty()) {
                command.addAll(List.of("--java-opts", String.join(" ", setup.narwhalJavaOptions())));
            }
            command.add(setup.war().toString());
            return command;
        }
    }

    /** One whose sessions are in Redis; see {@link RedisMain}. */
    record WithRedis(Narwhal narwhal) implements Contender {

        @Override
        public String name() {
            return narwhal.name();
        }

        @Override
        public boolean isInstalled() {
            return isOnPath("redis-server");
        }

        @Override
        public int processes() {
            return narwhal.processes();
        }

        @Override
        public List<String> command(Setup setup) {
            return setup.java(
                    List.of("-Xmx16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                    RedisMain.class,
                    narwhal.command(setup));
        }
    }

    /** Embedded Tomcat; see {@link TomcatMain}. */
    record Tomcat(Threads threads) implements Contender {

        @Override
        public String name() {
            return "tomcat-" + threads.label();
        }

        @Override
        public boolean isInstalled() {
            return true;
        }

        @Override
        public int processes() {
            return 1;
        }

        @Override
        public List<String> command(Setup setup) {
            var options = new ArrayList<String>();
            options.add("-Xmx" + setup.heapMib() + "m");
            options.addAll(setup.tomcatJavaOptions());
            return setup.java(
                    options,
                    TomcatMain.class,
                    List.of(threads.label(), setup.war().toString()));
        }
    }

    /** What a server can do at most on this machine: C, no servlet, a constant; see {@link NginxMain}. */
    record Nginx() implements Contender {

        @Override
        public String name() {
            return "nginx";
        }

        @Override
        public boolean isInstalled() {
            return isOnPath("nginx");
        }

        @Override
        public int processes() {
            return 2;
        }

        @Override
        public List<String> command(Setup setup) {
            return setup.java(
                    List.of("-Xmx16m", "-XX:+UseSerialGC"),
                    NginxMain.class,
                    List.of(Integer.toString(processes()), PingServlet.PATH, PingServlet.ANSWER.strip()));
        }
    }
}
