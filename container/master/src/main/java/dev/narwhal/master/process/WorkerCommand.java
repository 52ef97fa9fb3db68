package dev.narwhal.master.process;

import dev.narwhal.contract.CheckSpec;
import dev.narwhal.contract.PrepareSpec;
import dev.narwhal.contract.WorkerSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command lines of child JVMs.
 *
 * @param javaHome the JDK that the master itself runs on
 * @param library the directory with the worker's JAR files
 * @param cache the directory for what is prepared
 * @param javaOptions the operator's {@code --java-opts}, already split; they come last, so they win
 */
public record WorkerCommand(Path javaHome, Path library, Path cache, List<String> javaOptions) {

    static final String WORKER_MAIN = "dev.narwhal.worker.WorkerMain";
    static final String PREPARE_MAIN = "dev.narwhal.worker.prepare.PrepareMain";

    /** Prints what an application's descriptors amount to. */
    public static final String INSPECT_MAIN = "dev.narwhal.worker.prepare.InspectMain";

    /** Prepares an application ahead of time. */
    public static final String AHEAD_MAIN = "dev.narwhal.worker.prepare.AheadMain";

    static final String CHECK_MAIN = "dev.narwhal.worker.prepare.CheckMain";

    private static final List<String> FLAGS = List.of(
            // Wrapping an inherited descriptor as a ServerSocketChannel.
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            // Virtual threads that are scheduled on the I/O thread.
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            // LMDB's pages as byte buffers, without a copy.
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            // A JVM that ran out of memory has lost threads at random places; a new one costs less than the doubt. Exit
            // status 3.
            "-XX:+ExitOnOutOfMemoryError",
            // The counters for jstat are a file in /tmp; a slow disk would stop the JVM at a safepoint. jcmd PID works
            // without.
            "-XX:-UsePerfData");

    /** What Tomcat opens to applications; old ones count on it. */
    private static final List<String> OPENED_TO_APPLICATIONS = List.of(
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED");

    public WorkerCommand {
        javaOptions = List.copyOf(javaOptions);
    }

    /**
     * A worker. It uses the AOT cache, if there is one by now.
     *
     * @param plan the JVM flags for its share of the machine
     * @param others flags by which no AOT cache differs from another
     */
    public List<String> worker(WorkerSpec spec, List<String> plan, List<String> others) {
        var flags = new ArrayList<>(plan);
        flags.addAll(others);
        aotCache(plan).filter(AotCache::exists).map(AotCache::use).ifPresent(flags::addAll);
        return command(flags, options(), WORKER_MAIN, spec.toArguments());
    }

    /** The operator's come last, so they win. */
    private List<String> options() {
        var options = new ArrayList<>(OPENED_TO_APPLICATIONS);
        options.addAll(javaOptions);
        return options;
    }

    /** The AOT cache of workers with this share of the machine; empty when the operator's options leave no room for one. */
    public Optional<AotCache> aotCache(List<String> plan) {
        if (!AotCache.fits(javaOptions)) {
            return Optional.empty();
        }
        var flags = new ArrayList<>(FLAGS);
        flags.addAll(plan);
        flags.addAll(options());
        try {
            return Optional.of(AotCache.of(cache, javaHome, library, flags));
        } catch (IOException _) {
            return Optional.empty(); // it is only a matter of time
        }
    }

    /** A worker that writes down for the AOT cache what it does. */
    public List<String> recording(WorkerSpec spec, List<String> plan, AotCache aotCache, Path record) {
        var flags = new ArrayList<>(plan);
        flags.addAll(aotCache.record(record));
        return command(flags, options(), WORKER_MAIN, spec.toArguments());
    }

    /** The child that makes an AOT cache of what a worker has written down. */
    public List<String> assembling(List<String> plan, AotCache aotCache, Path record, Path result) {
        var flags = new ArrayList<>(plan);
        flags.addAll(aotCache.create(record, result));
        return command(flags, options(), WORKER_MAIN, List.of());
    }

    /** The child that prepares applications. The operator's options are for the application's JVMs and do not apply. */
    public List<String> prepare(PrepareSpec spec, List<String> plan) {
        return command(plan, List.of(), PREPARE_MAIN, spec.toArguments());
    }

    /** The child that tells what works of an application. It runs no code of it, as {@link #prepare}. */
    public List<String> check(CheckSpec spec, List<String> plan) {
        return command(plan, List.of(), CHECK_MAIN, spec.toArguments());
    }

    /** A child that does something else with one application. */
    public List<String> command(String main, List<String> arguments) {
        return command(List.of(), List.of(), main, arguments);
    }

    private List<String> command(List<String> plan, List<String> options, String main, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(javaHome.resolve("bin").resolve("java").toString());
        command.addAll(FLAGS);
        command.addAll(plan);
        command.addAll(options);
        command.add("-cp");
        command.add(library + "/*");
        command.add(main);
        command.addAll(arguments);
        return command;
    }
}
