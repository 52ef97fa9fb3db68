package dev.narwhal.migration;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An unpacked application that a test puts together. */
record App(Path directory) {

    App file(String name, String text) {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    App file(String name, byte[] bytes) {
        try {
            var file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    App classes(Class<?>... types) {
        for (var type : types) {
            file("WEB-INF/classes/" + path(type), bytes(type));
        }
        return this;
    }

    App jar(String name, Jar jar) {
        return file("WEB-INF/lib/" + name, jar.bytes());
    }

    static String path(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    static byte[] bytes(Class<?> type) {
        try (var in = type.getClassLoader().getResourceAsStream(path(type))) {
            if (in == null) {
                throw new IllegalArgumentException("no class file of " + type);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A library. */
    static final class Jar {
        private final Map<String, byte[]> entries = new LinkedHashMap<>();

        Jar file(String name, String text) {
            return file(name, text.getBytes(StandardCharsets.UTF_8));
        }

        Jar file(String name, byte[] bytes) {
            entries.put(name, bytes);
            return this;
        }

        Jar classes(Class<?>... types) {
            for (var type : types) {
                file(path(type), App.bytes(type));
            }
            return this;
        }

        byte[] bytes() {
            var out = new ByteArrayOutputStream();
            try (var zip = new ZipOutputStream(out)) {
                for (var entry : entries.entrySet()) {
                    zip.putNextEntry(new ZipEntry(entry.getKey()));
                    zip.write(entry.getValue());
                    zip.closeEntry();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return out.toByteArray();
        }
    }
}
