package dev.narwhal.migration;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.tomcat.jakartaee.ClassConverter;
import org.apache.tomcat.jakartaee.Converter;
import org.apache.tomcat.jakartaee.ManifestConverter;
import org.apache.tomcat.jakartaee.TextConverter;

/** Changes the content of one file: a class, a page, a descriptor, a list of services. Any thread. */
final class FileMigration {

    private static final List<String> ARCHIVES = List.of("jar", "war", "ear", "rar", "zip", "aar", "mar");
    private static final String SERVICES = "META-INF/services/";

    private final Converter texts = new TextConverter();
    private final Converter classes = new ClassConverter();
    private final Converter manifests = new ManifestConverter();
    private final Linker linker;
    private final Consumer<String> warnings;

    /**
     * For one application.
     *
     * @param warnings gets a sentence for what stays as it was; called by any thread
     */
    FileMigration(Linker linker, Consumer<String> warnings) {
        this.linker = linker;
        this.warnings = warnings;
    }

    static boolean isText(String name) {
        return new TextConverter().accepts(name);
    }

    static boolean isArchive(String name) {
        return ARCHIVES.contains(Evidence.extension(name));
    }

    /**
     * The new content, or nothing if the old one stays.
     *
     * @param name the path within the application or JAR
     * @param where what messages call the application or JAR
     */
    Optional<byte[]> migrate(String name, byte[] bytes, String where) {
        if (isArchive(name)) {
            return Optional.empty();
        }
        try {
            if (Pages.isPage(name)) {
                var page = Pages.link(convert(texts, name, bytes));
                return Arrays.equals(page, bytes) ? Optional.empty() : Optional.of(page);
            }
            if (!Names.mayChange(bytes)) {
                return Optional.empty();
            }
            if (classes.accepts(name)) {
                return Optional.of(linker.link(convert(classes, name, bytes), warning -> warn(name, where, warning)));
            }
            if (manifests.accepts(name)) {
                return Optional.of(convert(manifests, name, bytes));
            }
            if (texts.accepts(name) || name.contains(SERVICES)) {
                return Optional.of(convert(texts, name, bytes));
            }
        } catch (IOException | RuntimeException e) {
            // Obfuscators, and test data of libraries: it matters only if the application needs the file.
            warn(name, where, "it cannot be understood (" + e + ")");
        }
        return Optional.empty();
    }

    /** A manifest without the digests of files that have changed. */
    byte[] withoutSignatures(String name, byte[] manifest, String where) {
        try {
            return convert(manifests, name, manifest);
        } catch (IOException | RuntimeException e) {
            warn(name, where, "it cannot be understood (" + e + ")");
            return manifest;
        }
    }

    private void warn(String name, String where, String what) {
        warnings.accept("migrating " + name + " in " + where + ": " + what + ". It stays as it is.");
    }

    private static byte[] convert(Converter converter, String name, byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream(bytes.length + bytes.length / 16);
        converter.convert(name, new ByteArrayInputStream(bytes), out, Names.PROFILE);
        return out.toByteArray();
    }
}
