package dev.narwhal.worker.war;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Directories and JARs that are searched in order, as {@link java.net.URLClassLoader} does it, except that {@code Class-Path} in the manifest of a
 * JAR is ignored, as in Tomcat: what an application consists of is in its WAR. JARs are opened when they are first asked, with the files that they
 * have for this version of Java; what cannot be opened has nothing. Any thread.
 */
final class ClassPath implements Closeable {

    /** What URLs of the JDK have as it is, beside letters and digits. */
    private static final String PLAIN = "-._~!$&'()*+,=:@/";

    private final List<Place> places;

    private ClassPath(List<Place> places) {
        this.places = places;
    }

    /** Opens nothing yet. */
    static ClassPath of(List<Path> files) {
        return new ClassPath(files.stream().map(ClassPath::place).toList());
    }

    private static Place place(Path path) {
        return Files.isDirectory(path) ? new Folder(path) : new Jar(path);
    }

    /** The first file of that name. */
    Optional<Found> find(String name) {
        for (var place : places) {
            var found = place.find(name);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** All files of that name. */
    List<URL> findAll(String name) {
        return places.stream()
                .map(place -> place.find(name))
                .<Found>mapMulti((found, all) -> {
                    if (found != null) {
                        all.accept(found);
                    }
                })
                .map(Found::url)
                .toList();
    }

    /** Closes the JARs; nothing more is found in them. */
    @Override
    public void close() throws IOException {
        IOException first = null;
        for (var place : places) {
            try {
                place.close();
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** A file that was found. */
    interface Found {

        URL url();

        /** The directory or JAR that has it. */
        URL place();

        byte[] bytes() throws IOException;

        /** Of its JAR, if that has one. */
        Optional<Manifest> manifest() throws IOException;

        /** Where its classes come from, and who has signed them; after {@link #bytes}. */
        CodeSource source();
    }

    private sealed interface Place extends Closeable {

        @Nullable
        Found find(String name);
    }

    private static final class Folder implements Place {

        private final Path root;
        private final URL url;
        private final CodeSource source;

        Folder(Path root) {
            this.root = root;
            this.url = url(root.toUri().toString());
            this.source = new CodeSource(url, (CodeSigner[]) null);
        }

        @Override
        public @Nullable Found find(String name) {
            try {
                var file = root.resolve(name).normalize();
                return file.startsWith(root) && Files.exists(file) ? new FileInFolder(this, name, file) : null;
            } catch (InvalidPathException _) {
                return null;
            }
        }

        @Override
        public void close() {}
    }

    private record FileInFolder(Folder folder, String name, Path file) implements Found {

        @Override
        public URL url() {
            return ClassPath.url(folder.url + encoded(name));
        }

        @Override
        public URL place() {
            return folder.url;
        }

        @Override
        public byte[] bytes() throws IOException {
            return Files.readAllBytes(file);
        }

        @Override
        public Optional<Manifest> manifest() {
            return Optional.empty();
        }

        @Override
        public CodeSource source() {
            return folder.source;
        }
    }

    private static final class Jar implements Place {

        private final Path file;
        private final URL url;
        private final String entries;
        private final CodeSource unsigned;
        private volatile @Nullable JarFile open;
        private boolean over;

        Jar(Path file) {
            this.file = file;
            this.url = url(file.toUri().toString());
            this.entries = "jar:" + url + "!/";
            this.unsigned = new CodeSource(url, (CodeSigner[]) null);
        }

        @Override
        public @Nullable Found find(String name) {
            var jar = open;
            if (jar == null) {
                jar = open();
                if (jar == null) {
                    return null;
                }
            }
            try {
                var entry = jar.getJarEntry(name);
                return entry == null ? null : new FileInJar(this, jar, name, entry);
            } catch (IllegalStateException _) {
                return null; // it was closed meanwhile
            }
        }

        private synchronized @Nullable JarFile open() {
            if (open == null && !over) {
                try {
                    open = new JarFile(file.toFile(), true, ZipFile.OPEN_READ, JarFile.runtimeVersion());
                } catch (IOException _) {
                    over = true;
                }
            }
            return open;
        }

        @Override
        public synchronized void close() throws IOException {
            over = true;
            var jar = open;
            open = null;
            if (jar != null) {
                jar.close();
            }
        }
    }

    private record FileInJar(Jar jar, JarFile file, String name, JarEntry entry) implements Found {

        /** The entry's own name differs from the one that was asked for if it is for some versions of Java only. */
        @Override
        public URL url() {
            return ClassPath.url(jar.entries + encoded(file.isMultiRelease() ? entry.getRealName() : name));
        }

        @Override
        public URL place() {
            return jar.url;
        }

        @Override
        public byte[] bytes() throws IOException {
            try (InputStream in = file.getInputStream(entry)) {
                return in.readAllBytes();
            } catch (IllegalStateException e) {
                throw new IOException("reading " + name + " of " + jar.file + ": the application has ended", e);
            }
        }

        @Override
        public Optional<Manifest> manifest() throws IOException {
            return Optional.ofNullable(file.getManifest());
        }

        @Override
        public CodeSource source() {
            var signers = entry.getCodeSigners();
            return signers == null ? jar.unsigned : new CodeSource(jar.url, signers);
        }
    }

    private static URL url(String text) {
        try {
            return URI.create(text).toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encoded(String path) {
        var encoded = new StringBuilder(path.length() + 16);
        for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) Byte.toUnsignedInt(octet);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().toHexDigits(octet));
            }
        }
        return encoded.toString();
    }
}
