package dev.narwhal.master.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Finds what {@code --lib} names. Looks at the file system, but not into the files. */
final class Libraries {

    private final Path workingDirectory;

    Libraries(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
    }

    /** The absolute path of every library that is without a problem. */
    List<Path> find(List<Given> givens, Consumer<Problem> problems) {
        var libraries = new ArrayList<Path>();
        for (var given : givens) {
            if (given.text().isBlank()) {
                continue; // reported with all other values
            }
            try {
                libraries.add(find(given.text()));
            } catch (BadValueException e) {
                var lib = given.origin() instanceof Origin.FileLine ? ": lib" : "";
                problems.accept(new Problem(given.origin() + lib, String.valueOf(e.getMessage())));
            }
        }
        return libraries;
    }

    private Path find(String text) {
        var file = absolute(text);
        if (!Files.exists(file)) {
            throw new BadValueException(
                    "no such file or directory " + text + " (working directory: " + workingDirectory + ").");
        }
        if (!Files.isReadable(file)) {
            throw new BadValueException(text + " may not be read by this user.");
        }
        if (!Files.isDirectory(file) && !text.endsWith(".jar")) {
            throw new BadValueException(text + " is neither a .jar file nor a directory of them.");
        }
        return file;
    }

    private Path absolute(String text) {
        try {
            return workingDirectory.resolve(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new BadValueException("not a file name: " + e.getReason() + ".");
        }
    }
}
