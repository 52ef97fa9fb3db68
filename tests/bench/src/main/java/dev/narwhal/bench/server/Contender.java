package dev.narwhal.bench.server;

import java.util.ArrayList;
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
                    Stream.of(Threads.values()).map(Tomcat::new))
            .toList();

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

    /** Processes that serve requests, each of which has to compile its code. */
    int processes();

    /** The command that starts it. It says on one line {@code serving WAR at URL} when it does. */
    List<String> command(Setup setup);

    /**
     * The built distribution, with the flags that its master chooses.
     *
     * @param dispatch a value of {@code --dispatch}
     */
    record Narwhal(String dispatch, int workers) implements Contender {

        @Override
        public String name() {
            return dispatch + "-" + workers;
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
            command.addAll(List.of("--java-opts", "-Xmx" + setup.heapMib() / workers + "m"));
            if (!setup.narwhalJavaOptions().isEmpty()) {
                command.addAll(List.of("--java-opts", String.join(" ", setup.narwhalJavaOptions())));
            }
            command.add(setup.war().toString());
            return command;
        }
    }

    /** Embedded Tomcat; see {@link TomcatMain}. */
    record Tomcat(Threads threads) implements Contender {

        @Override
        public String name() {
            return "tomcat-" + threads.label();
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
}
