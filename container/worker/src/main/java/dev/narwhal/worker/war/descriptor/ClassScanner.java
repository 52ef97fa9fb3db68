package dev.narwhal.worker.war.descriptor;

import dev.narwhal.worker.war.WarException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ClassFileFormatVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;

/** Reads class files into an index, and refuses those that this JDK cannot run. */
final class ClassScanner {

    private static final int MAGIC = 0xCAFEBABE;
    private static final int FIRST_MAJOR = 44; // Java 1.0 is 45, and from there on one a release
    private static final int NEWEST_MAJOR = ClassFileFormatVersion.latest().major();

    private final WarFiles war;
    private final Consumer<String> warnings;

    ClassScanner(WarFiles war, Consumer<String> warnings) {
        this.war = war;
        this.warnings = warnings;
    }

    Index directory(Path classes) throws WarException, IOException {
        var indexer = new Indexer();
        try (var files = Files.walk(classes)) {
            for (var file : files.sorted().toList()) {
                var name = classes.relativize(file).toString();
                // Versions are a matter of JARs: Servlet containers read WEB-INF/classes as it is.
                if (isClass(name) && !name.startsWith("META-INF/") && Files.isRegularFile(file)) {
                    add(indexer, name, Files.readAllBytes(file), war.within(classes));
                }
            }
        }
        return indexer.complete();
    }

    Index jar(Path jar) throws WarException, IOException {
        var indexer = new Indexer();
        try (var file = open(jar)) {
            for (var entry : file.versionedStream().toList()) {
                if (isClass(entry.getName()) && !entry.getName().startsWith("META-INF/")) {
                    try (var in = file.getInputStream(entry)) {
                        add(indexer, entry.getName(), in.readAllBytes(), war.within(jar));
                    }
                }
            }
        } catch (ZipException e) {
            throw damaged(jar, e);
        }
        return indexer.complete();
    }

    /** Opens a JAR as this JDK sees it: with the classes for its version. */
    private JarFile open(Path jar) throws WarException, IOException {
        try {
            return new JarFile(jar.toFile(), false, ZipFile.OPEN_READ, Runtime.version());
        } catch (ZipException e) {
            throw damaged(jar, e);
        }
    }

    private WarException damaged(Path jar, ZipException e) {
        return new WarException(
                "reading " + war.within(jar) + ": it is not a JAR or it is damaged (" + e.getMessage()
                        + "). Build the WAR again.",
                e);
    }

    private static boolean isClass(String name) {
        return name.endsWith(".class") && !name.endsWith("module-info.class") && !name.endsWith("package-info.class");
    }

    private void add(Indexer indexer, String name, byte[] bytes, String where) throws WarException {
        refuseNewer(name, bytes, where);
        try {
            index(indexer, bytes);
        } catch (IOException | RuntimeException e) {
            // Obfuscators and test data of libraries: it matters only if the application needs the class.
            warnings.accept("reading " + name + " in " + where + ": not a class file that can be understood ("
                    + e.getMessage() + "). Its annotations are ignored.");
        }
    }

    /**
     * Adds a class to an index.
     *
     * @throws RuntimeException of any kind, if it is not a class file that can be understood
     */
    static void index(Indexer indexer, byte[] bytes) throws IOException {
        try (InputStream in = new ByteArrayInputStream(bytes)) {
            indexer.index(in);
        } catch (RuntimeException whole) {
            // The indexer trips over type annotations of classes local to static methods, and over signatures that
            // obfuscators and some compilers leave behind. Nothing that is deployed depends on either.
            try (InputStream in = new ByteArrayInputStream(ClassOutline.of(bytes))) {
                indexer.index(in);
            } catch (RuntimeException outline) {
                whole.addSuppressed(outline);
                throw whole;
            }
        }
    }

    private static void refuseNewer(String name, byte[] bytes, String where) throws WarException {
        if (bytes.length < 8 || int32(bytes, 0) != MAGIC) {
            return;
        }
        int major = int32(bytes, 4) & 0xFFFF;
        if (major > NEWEST_MAJOR) {
            throw new WarException("reading " + where + ": the class "
                    + name.substring(0, name.length() - ".class".length()).replace('/', '.')
                    + " is compiled for Java " + (major - FIRST_MAJOR) + " (class file version " + major
                    + "), and Narwhal runs on Java " + (NEWEST_MAJOR - FIRST_MAJOR)
                    + ". Compile it with --release " + (NEWEST_MAJOR - FIRST_MAJOR) + " or lower.");
        }
    }

    private static int int32(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 24
                | (bytes[at + 1] & 0xFF) << 16
                | (bytes[at + 2] & 0xFF) << 8
                | (bytes[at + 3] & 0xFF);
    }
}
