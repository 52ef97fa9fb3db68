package dev.narwhal.worker.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/**
 * A place of class files in an application.
 *
 * @param name {@code WEB-INF/classes} or the file name of a JAR
 * @param path a directory or a JAR
 * @param own whether it is the application itself, and no library
 * @param classes checksums by class name, with dots; the class files of a directory have none
 * @param nativeLibraries the files in it that are native code
 */
record Part(String name, Path path, boolean own, Map<String, Long> classes, List<String> nativeLibraries) {

    private static final String ENDING = ".class";
    private static final Pattern NATIVE = Pattern.compile(".*\\.(so|so\\.[0-9.]+|jnilib|dylib|dll)");

    /** What {@code path} has, without reading the class files. */
    static Part of(Path path) throws IOException {
        var classes = new LinkedHashMap<String, Long>();
        var natives = new ArrayList<String>();
        if (Files.isDirectory(path)) {
            try (var files = Files.walk(path)) {
                files.map(file -> path.relativize(file).toString()).sorted().forEach(file -> {
                    if (isClass(file)) {
                        classes.put(className(file), 0L);
                    } else if (isNative(file)) {
                        natives.add(file);
                    }
                });
            }
            return new Part("WEB-INF/classes", path, true, classes, natives);
        }
        try (var jar = open(path)) {
            jar.versionedStream().forEach(entry -> {
                if (isClass(entry.getName())) {
                    classes.put(className(entry.getName()), entry.getCrc());
                } else if (isNative(entry.getName())) {
                    natives.add(entry.getName());
                }
            });
        }
        return new Part(Objects.toString(path.getFileName()), path, false, classes, natives);
    }

    /** Hands over each class name with its class file. */
    void read(BiConsumer<String, byte[]> reader) throws IOException {
        if (own) {
            for (var name : classes.keySet()) {
                reader.accept(name, Files.readAllBytes(path.resolve(name.replace('.', '/') + ENDING)));
            }
            return;
        }
        try (var jar = open(path)) {
            for (var entry : jar.versionedStream()
                    .filter(entry -> isClass(entry.getName()))
                    .toList()) {
                reader.accept(className(entry.getName()), bytes(jar, entry));
            }
        }
    }

    private static byte[] bytes(JarFile jar, JarEntry entry) throws IOException {
        try (var in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static JarFile open(Path path) throws IOException {
        return new JarFile(path.toFile(), false, ZipFile.OPEN_READ, Runtime.version());
    }

    private static boolean isClass(String file) {
        return file.endsWith(ENDING) && !file.endsWith("-info" + ENDING) && !file.startsWith("META-INF/");
    }

    private static boolean isNative(String file) {
        return NATIVE.matcher(file).matches();
    }

    private static String className(String file) {
        return file.substring(0, file.length() - ENDING.length()).replace('/', '.');
    }
}
