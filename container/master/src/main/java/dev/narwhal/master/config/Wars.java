package dev.narwhal.master.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds the applications: which file, at which context path. Looks at the file system, but not into the files. */
public final class Wars {

    /** What {@code WAR[=CONTEXT]} says; {@code context} is not checked yet. */
    private record Named(Path path, Optional<String> context) {}

    private final Path workingDirectory;

    public Wars(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
    }

    /** Every application that is without a problem. */
    List<WarRef> find(List<Given> givens, Consumer<Problem> problems) {
        var wars = new ArrayList<WarRef>();
        var taken = new HashMap<String, String>();
        for (var given : givens) {
            try {
                var named = split(given.text());
                check(named.path());
                var contextPath = contextPath(named, givens.size() == 1);
                var other = taken.putIfAbsent(contextPath, given.text());
                if (other != null) {
                    throw new BadValueException("the context path " + show(contextPath) + " is taken by " + other
                            + ". Give another one: " + named.path() + "=/CONTEXT.");
                }
                wars.add(new WarRef(absolute(named.path()), contextPath));
            } catch (BadValueException e) {
                problems.accept(new Problem(source(given), String.valueOf(e.getMessage())));
            }
        }
        return wars;
    }

    /**
     * The absolute path of a WAR given without a context path.
     *
     * @throws BadValueException when there is no such file or directory
     */
    public Path find(String text) {
        if (text.isEmpty()) {
            throw new BadValueException("the name is empty. Give a .war file or a directory.");
        }
        var path = path(text);
        check(path);
        return absolute(path);
    }

    /** {@code WAR shop.war} says it on the command line; elsewhere the place is needed too. */
    private static String source(Given given) {
        var war = "WAR " + given.text();
        return given.origin() instanceof Origin.Flag ? war : given.origin() + ": " + war;
    }

    /** A file that exists is never split, so that a name with {@code =} works. */
    private Named split(String text) {
        int equals = text.lastIndexOf('=');
        if (equals <= 0 || Files.exists(absolute(path(text)))) {
            return new Named(path(text), Optional.empty());
        }
        return new Named(path(text.substring(0, equals)), Optional.of(text.substring(equals + 1)));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new BadValueException("not a file name: " + e.getReason() + ".");
        }
    }

    private Path absolute(Path path) {
        return workingDirectory.resolve(path).toAbsolutePath().normalize();
    }

    private void check(Path path) {
        var file = absolute(path);
        if (Files.isReadable(file)) {
            if (!Files.isRegularFile(file) && !Files.isDirectory(file)) {
                throw new BadValueException("neither a file nor a directory."); // a pipe would be waited for
            }
            return;
        }
        throw new BadValueException(
                Files.exists(file)
                        ? "the file may not be read by this user."
                        : "no such file (working directory: " + workingDirectory + ").");
    }

    private String contextPath(Named named, boolean alone) {
        if (named.context().isPresent()) {
            return ContextPath.parse(named.context().get());
        }
        var fileName = absolute(named.path()).getFileName();
        return alone || fileName == null ? "" : ContextPath.ofFileName(fileName.toString());
    }

    private static String show(String contextPath) {
        return contextPath.isEmpty() ? "/" : contextPath;
    }
}
