package dev.narwhal.worker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/** A WAR or a JAR that a test writes as it needs it; Java sources are compiled against the class path of the test. */
public final class Archive {

    private final String classes;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();

    private Archive(String classes) {
        this.classes = classes;
    }

    public static Archive war() {
        return new Archive("WEB-INF/classes/");
    }

    public static Archive jar() {
        return new Archive("");
    }

    public Archive file(String name, String text) {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public Archive file(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    /** Adds a class without package, or with the package that the text declares. */
    public Archive source(String className, String text) {
        sources.put(className, text);
        return this;
    }

    /** Adds {@code WEB-INF/web.xml} with those elements. */
    public Archive webXml(String elements) {
        return webXml("", elements);
    }

    public Archive webXml(String attributes, String elements) {
        return file(
                "WEB-INF/web.xml",
                "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.1\" " + attributes + ">\n"
                        + elements + "\n</web-app>");
    }

    /** Adds {@code META-INF/web-fragment.xml} with those elements. */
    public Archive fragment(String elements) {
        return file(
                "META-INF/web-fragment.xml",
                "<web-fragment xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.1\">\n" + elements
                        + "\n</web-fragment>");
    }

    /** Adds a JAR in {@code WEB-INF/lib}. */
    public Archive lib(String name, Consumer<Archive> content) {
        var jar = jar();
        content.accept(jar);
        return file("WEB-INF/lib/" + name, jar.bytes());
    }

    public byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : all().entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public Path writeTo(Path file) throws IOException {
        return Files.write(file, bytes());
    }

    public Path explodeTo(Path directory) throws IOException {
        for (var entry : all().entrySet()) {
            var file = directory.resolve(entry.getKey());
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.write(file, entry.getValue());
        }
        return directory;
    }

    private Map<String, byte[]> all() {
        var all = new LinkedHashMap<>(entries);
        compile(sources).forEach((name, content) -> all.put(classes + name, content));
        return all;
    }

    /** Class files by name, such as {@code a/b/C.class}. */
    public static Map<String, byte[]> compile(Map<String, String> sources) {
        if (sources.isEmpty()) {
            return Map.of();
        }
        try {
            var directory = Files.createTempDirectory("narwhal-test-classes");
            try {
                return compile(sources, directory);
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> compile(Map<String, String> sources, Path directory) throws IOException {
        var arguments = new ArrayList<>(
                List.of("-proc:none", "-nowarn", "-d", directory.resolve("out").toString(), "-cp"));
        arguments.add(System.getProperty("java.class.path"));
        for (var source : sources.entrySet()) {
            var file = directory.resolve(source.getKey() + ".java");
            arguments.add(Files.writeString(file, source.getValue()).toString());
        }
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (status != 0) {
            throw new IllegalArgumentException("does not compile: " + sources);
        }
        var classes = new LinkedHashMap<String, byte[]>();
        try (var files = Files.walk(directory.resolve("out"))) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                classes.put(directory.resolve("out").relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return classes;
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
