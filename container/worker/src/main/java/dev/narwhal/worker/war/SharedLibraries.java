package dev.narwhal.worker.war;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code --lib} names: classes that every application of the process sees, and that see no application. */
public final class SharedLibraries {

    private SharedLibraries() {}

    /** The class path: of a directory its classes and then its JARs by name, as Tomcat's {@code lib}. */
    public static List<Path> classPath(List<Path> libraries) throws IOException {
        var classPath = new ArrayList<Path>();
        for (var library : libraries) {
            classPath.add(library);
            if (Files.isDirectory(library)) {
                try (var files = Files.list(library)) {
                    files.filter(file -> file.toString().endsWith(".jar") && Files.isRegularFile(file))
                            .sorted()
                            .forEach(classPath::add);
                }
            }
        }
        return classPath;
    }

    /**
     * One loader for all applications, so that they share the classes; absent when there are no libraries.
     *
     * @param server the loader that has the Jakarta APIs
     */
    public static Optional<WebAppClassLoader> load(List<Path> libraries, ClassLoader server) throws IOException {
        var classPath = classPath(libraries);
        return classPath.isEmpty() ? Optional.empty() : Optional.of(WebAppClassLoader.shared(classPath, server));
    }

    /** A loader to read class files with: as {@link #load}, with or without libraries. */
    public static ClassLoader reader(List<Path> classPath, ClassLoader server) {
        return WebAppClassLoader.shared(classPath, server);
    }
}
