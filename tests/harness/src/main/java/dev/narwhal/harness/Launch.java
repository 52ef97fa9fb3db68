package dev.narwhal.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A command line of {@code narwhal}, not run yet.
 *
 * @param program what is run, with its first arguments; empty for the launcher of the distribution
 * @param arguments what follows {@code narwhal}
 * @param environment what is added to the environment of the tests
 * @param directory the working directory; empty for a new one
 */
public record Launch(
        List<String> program, List<String> arguments, Map<String, String> environment, List<Path> directory) {

    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(90);

    public Launch {
        program = List.copyOf(program);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        directory = List.copyOf(directory);
    }

    /** Any command: {@code Launch.of("--version")}. Arguments are turned into strings. */
    public static Launch of(Object... arguments) {
        return new Launch(List.of(), Stream.of(arguments).map(Object::toString).toList(), Map.of(), List.of());
    }

    /** {@code narwhal run}, on a free port of 127.0.0.1 unless the arguments bind something. */
    public static Launch run(Object... arguments) {
        var given = Stream.of(arguments).map(Object::toString).toList();
        var all = new ArrayList<String>();
        all.add("run");
        if (given.stream().noneMatch(argument -> argument.startsWith("--bind") || argument.startsWith("-b"))) {
            all.add("--bind=127.0.0.1:0");
        }
        all.addAll(given);
        return new Launch(List.of(), all, Map.of(), List.of());
    }

    public Launch with(String variable, Object value) {
        var more = new HashMap<>(environment);
        more.put(variable, value.toString());
        return new Launch(program, arguments, more, directory);
    }

    /** A command that runs the launcher, such as {@code setpriv}. */
    public Launch prefixedBy(String... command) {
        var all = new ArrayList<>(List.of(command));
        all.add(Distribution.launcher().toString());
        return launchedBy(all.toArray(String[]::new));
    }

    /** Another program in place of the launcher. */
    public Launch launchedBy(String... command) {
        return new Launch(List.of(command), arguments, environment, directory);
    }

    public Launch in(Path workingDirectory) {
        return new Launch(program, arguments, environment, List.of(workingDirectory));
    }

    /** Starts a server; returns at once. */
    public RunningNarwhal start() {
        if (!environment.containsKey("NARWHAL_CACHE")) {
            Rehearsal.await();
        }
        return new RunningNarwhal(this);
    }

    /** Runs a command that ends by itself, and fails when it does not. */
    public Finished finish() {
        var home = workingDirectory();
        try {
            var process = builder(home).start();
            process.getOutputStream().close();
            var out = new Log();
            var err = new Log();
            var readers = List.of(
                    out.follow(process.getInputStream(), "stdout"), err.follow(process.getErrorStream(), "stderr"));
            if (!process.waitFor(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("running narwhal " + String.join(" ", arguments) + ": still running after "
                        + COMMAND_LIMIT.toSeconds() + " s.\n" + out.text() + "\n" + err.text());
            }
            for (var reader : readers) {
                reader.join(COMMAND_LIMIT);
            }
            return new Finished(process.exitValue(), out.text(), err.text());
        } catch (IOException e) {
            throw new UncheckedIOException("running narwhal " + String.join(" ", arguments), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while running narwhal", e);
        }
    }

    Path workingDirectory() {
        return directory.isEmpty() ? Scratch.directory() : directory.getFirst();
    }

    ProcessBuilder builder(Path home) {
        var command = new ArrayList<>(program);
        if (command.isEmpty()) {
            command.add(Distribution.launcher().toString());
        }
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(home.toFile());
        // What the shell of a developer sets must not change what is tested.
        builder.environment().keySet().removeIf(name -> name.startsWith("NARWHAL_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("NARWHAL_CACHE", sharedCache().toString());
        builder.environment().put("XDG_RUNTIME_DIR", Scratch.RUNTIME.toString());
        builder.environment().putAll(environment);
        return builder;
    }

    /** Prepared applications are shared by all tests and kept for its next run, as an operator's are. */
    public static Path sharedCache() {
        return Path.of("../target/narwhal-cache").toAbsolutePath().normalize();
    }

    /** How a command ended. */
    public record Finished(int exitCode, String out, String err) {

        /** Everything it said, for claims that do not care where. */
        public String output() {
            return out + "\n" + err;
        }
    }
}
