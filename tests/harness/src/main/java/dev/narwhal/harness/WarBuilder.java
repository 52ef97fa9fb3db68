package dev.narwhal.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A web application, or a library of one, put together by a test. Entry names are written as they are given, so that bad
 * ones can be made too.
 */
public final class WarBuilder {

    private static final String WEB_XML = "WEB-INF/web.xml";

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    public WarBuilder() {}

    /** Starts from what another WAR has. */
    public static WarBuilder copyOf(Path war) {
        var copy = new WarBuilder();
        try (var zip = new ZipInputStream(Files.newInputStream(war))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    copy.entries.put(entry.getName(), zip.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + war, e);
        }
        return copy;
    }

    public WarBuilder file(String name, String text) {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public WarBuilder file(String name, byte[] bytes) {
        entries.put(name, bytes);
        return this;
    }

    /** The whole of {@code WEB-INF/web.xml}. */
    public WarBuilder webXml(String text) {
        return file(WEB_XML, text);
    }

    /** A {@code web.xml} of Servlet 6.1 with these elements. */
    public WarBuilder descriptor(String elements) {
        return webXml("""
                <?xml version="1.0" encoding="UTF-8"?>
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1">
                %s
                </web-app>
                """.formatted(elements));
    }

    public String webXml() {
        return new String(entries.getOrDefault(WEB_XML, new byte[0]), StandardCharsets.UTF_8);
    }

    /** Classes of the tests, with their named nested classes, in {@code WEB-INF/classes}. */
    public WarBuilder classes(Class<?>... types) {
        for (var type : types) {
            file("WEB-INF/classes/" + entryName(type), bytes(type));
            classes(type.getDeclaredClasses());
        }
        return this;
    }

    /** A JAR in {@code WEB-INF/lib}. */
    public WarBuilder library(String name, WarBuilder jar) {
        return file("WEB-INF/lib/" + name, jar.toBytes());
    }

    /** Classes at the root, as in a JAR. */
    public WarBuilder jarClasses(Class<?>... types) {
        for (var type : types) {
            file(entryName(type), bytes(type));
            jarClasses(type.getDeclaredClasses());
        }
        return this;
    }

    /** The class file of {@code type}. */
    public static byte[] bytes(Class<?> type) {
        try (var in = type.getResourceAsStream("/" + entryName(type))) {
            if (in == null) {
                throw new IllegalArgumentException("reading the class file of " + type + ": not found");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading the class file of " + type, e);
        }
    }

    private static String entryName(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    /** Writes the WAR and returns its path. An existing file is replaced at once, as a deployment tool would. */
    public Path write(Path war) {
        try {
            var fresh = Files.createTempFile(war.toAbsolutePath().getParent(), "war", ".part");
            Files.write(fresh, toBytes());
            return Files.move(fresh, war, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + war, e);
        }
    }

    /** Writes the entries as files below {@code directory} and returns it. */
    public Path explode(Path directory) {
        try {
            for (var entry : entries.entrySet()) {
                var file = directory.resolve(entry.getKey());
                Files.createDirectories(file.getParent());
                Files.write(file, entry.getValue());
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("writing files below " + directory, e);
        }
    }

    public byte[] toBytes() {
        var bytes = new ByteArrayOutputStream();
        try {
            zip(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("writing a zip into memory", e);
        }
        return bytes.toByteArray();
    }

    private void zip(OutputStream out) throws IOException {
        try (var zip = new ZipOutputStream(out)) {
            for (var entry : entries.entrySet()) {
                var header = new ZipEntry(entry.getKey());
                header.setTime(0); // the same content gives the same bytes, and so the same prepared directory
                zip.putNextEntry(header);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
    }
}
