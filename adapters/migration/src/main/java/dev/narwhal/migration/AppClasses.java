package dev.narwhal.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The class files of an unpacked application as they were before the migration: JARs that are replaced meanwhile are still read. Any
 * thread.
 */
final class AppClasses implements AutoCloseable {

    /** No class, page or descriptor is larger. */
    static final int MOST_BYTES = 16 << 20;

    private final Path classes;
    private final List<ZipFile> jars = new ArrayList<>();

    private AppClasses(Path app) {
        classes = app.resolve("WEB-INF/classes");
    }

    /** Opens all JARs; those that are damaged are not searched, and refused later, when their content matters. */
    static AppClasses open(Path app) throws IOException {
        var opened = new AppClasses(app);
        try {
            for (var jar : jarsOf(app)) {
                try {
                    opened.jars.add(new ZipFile(jar.toFile()));
                } catch (ZipException _) {
                    // see above
                }
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** The JARs of {@code WEB-INF/lib} by name. */
    static List<Path> jarsOf(Path app) throws IOException {
        var lib = app.resolve("WEB-INF/lib");
        if (!Files.isDirectory(lib)) {
            return List.of();
        }
        try (var files = Files.list(lib)) {
            return files.filter(file -> file.toString().endsWith(".jar") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    Path classes() {
        return classes;
    }

    List<ZipFile> jars() {
        return jars;
    }

    /**
     * A class file, if the application has it.
     *
     * @param name with slashes
     */
    Optional<byte[]> find(String name) throws IOException {
        var file = classes.resolve(name + ".class");
        if (Files.isRegularFile(file)) {
            return Optional.of(Files.readAllBytes(file));
        }
        for (var jar : jars) {
            var entry = jar.getEntry(name + ".class");
            if (entry != null) {
                return Optional.of(read(jar, entry));
            }
        }
        return Optional.empty();
    }

    /** An entry, or nothing at all if it is far too large for what it should be. */
    static byte[] read(ZipFile jar, ZipEntry entry) throws IOException {
        try (var in = jar.getInputStream(entry)) {
            var bytes = in.readNBytes(MOST_BYTES);
            return bytes.length < MOST_BYTES ? bytes : new byte[0];
        }
    }

    @Override
    public void close() throws IOException {
        for (var jar : jars) {
            jar.close();
        }
    }
}
