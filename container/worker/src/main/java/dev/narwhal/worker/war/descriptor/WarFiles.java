package dev.narwhal.worker.war.descriptor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The parts of an unpacked web application.
 *
 * @param name what messages call it: the file name of the WAR
 * @param documentRoot the unpacked WAR
 * @param classes {@code WEB-INF/classes}, if there is one
 * @param jars the JARs of {@code WEB-INF/lib} by name, because nothing else gives them the same order everywhere
 */
public record WarFiles(String name, Path documentRoot, Optional<Path> classes, List<Path> jars) {

    public WarFiles {
        jars = List.copyOf(jars);
    }

    /** Lists an unpacked application. */
    public static WarFiles of(String name, Path documentRoot) throws IOException {
        var classes = documentRoot.resolve("WEB-INF/classes");
        return new WarFiles(
                name,
                documentRoot,
                Files.isDirectory(classes) ? Optional.of(classes) : Optional.empty(),
                jarsOf(documentRoot.resolve("WEB-INF/lib")));
    }

    private static List<Path> jarsOf(Path lib) throws IOException {
        if (!Files.isDirectory(lib)) {
            return List.of();
        }
        try (var files = Files.list(lib)) {
            return files.filter(file -> file.toString().endsWith(".jar") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    Path webXml() {
        return documentRoot.resolve("WEB-INF/web.xml");
    }

    static String fileName(Path path) {
        var name = path.getFileName();
        return name == null ? path.toString() : name.toString();
    }

    /** How a message names a part of this application. */
    String within(Path path) {
        return (path.startsWith(documentRoot) ? documentRoot.relativize(path) : path) + " of " + name;
    }
}
