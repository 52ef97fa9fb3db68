package dev.narwhal.migration;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Migrates one archive. One with nothing to change is left alone, signatures and all; from one that changes, the signatures go, for they
 * would be wrong. Archives in archives are migrated too.
 */
final class JarMigration {

    private static final int DEEPEST = 3;

    private final FileMigration files;

    JarMigration(FileMigration files) {
        this.files = files;
    }

    /**
     * Replaces the archive, at once, if there is something to change.
     *
     * @param where what messages call it
     */
    boolean migrate(Path jar, String where) throws IOException {
        var fresh = jar.resolveSibling(jar.getFileName() + ".part");
        if (migrate(jar, fresh, where, 0)) {
            Files.move(fresh, jar, StandardCopyOption.ATOMIC_MOVE);
            return true;
        }
        return false;
    }

    private boolean migrate(Path jar, Path fresh, String where, int depth) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            var changes = changes(zip, where, depth);
            boolean renamed = Collections.list(zip.entries()).stream()
                    .anyMatch(entry -> !Names.convert(entry.getName()).equals(entry.getName()));
            if (changes.isEmpty() && !renamed) {
                return false;
            }
            try (var out = Files.newOutputStream(fresh)) {
                write(zip, changes, out, where);
            }
            return true;
        } catch (ZipException _) {
            return false; // not an archive in spite of its name, or damaged: whoever reads it in earnest says so
        }
    }

    private Map<String, byte[]> changes(ZipFile zip, String where, int depth) throws IOException {
        var changes = new HashMap<String, byte[]>();
        for (var entry : Collections.list(zip.entries())) {
            var name = entry.getName();
            if (entry.isDirectory()) {
                continue;
            }
            var bytes = AppClasses.read(zip, entry);
            if (FileMigration.isArchive(name)) {
                var inner = inner(bytes, name + " in " + where, depth + 1);
                if (inner.length > 0) {
                    changes.put(name, inner);
                }
            } else {
                files.migrate(name, bytes, where).ifPresent(changed -> changes.put(name, changed));
            }
        }
        return changes;
    }

    /** An archive in an archive, or nothing if it does not change. */
    private byte[] inner(byte[] bytes, String where, int depth) throws IOException {
        if (depth > DEEPEST || bytes.length == 0) {
            return new byte[0];
        }
        var file = Files.createTempFile("narwhal-inner-", ".jar");
        var fresh = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(file, bytes);
            return migrate(file, fresh, where, depth) ? Files.readAllBytes(fresh) : new byte[0];
        } finally {
            Files.delete(file);
            Files.deleteIfExists(fresh);
        }
    }

    private void write(ZipFile zip, Map<String, byte[]> changes, OutputStream out, String where) throws IOException {
        var services = new LinkedHashMap<String, byte[]>();
        var written = new HashMap<String, Boolean>();
        // It is read once and on this machine: time counts and size does not.
        try (var target = new ZipOutputStream(out)) {
            target.setLevel(Deflater.BEST_SPEED);
            for (var entry : Collections.list(zip.entries())) {
                var name = Names.convert(entry.getName());
                if (isSignature(name)) {
                    continue;
                }
                var changed = changes.get(entry.getName());
                if (name.startsWith("META-INF/services/") && !entry.isDirectory()) {
                    // One list for both names of a service may follow the other.
                    var lines = changed != null ? changed : AppClasses.read(zip, entry);
                    services.merge(name, lines, JarMigration::joined);
                } else if (written.putIfAbsent(name, true) == null) {
                    copy(zip, entry, name, changed, target, where);
                }
            }
            for (var service : services.entrySet()) {
                put(target, new ZipEntry(service.getKey()), service.getValue());
            }
        }
    }

    private void copy(
            ZipFile zip, ZipEntry entry, String name, byte @Nullable [] changed, ZipOutputStream target, String where)
            throws IOException {
        var header = new ZipEntry(name);
        header.setTime(entry.getTime());
        if (name.equals(JarFile.MANIFEST_NAME)) {
            var manifest = changed != null ? changed : AppClasses.read(zip, entry);
            put(
                    target,
                    header,
                    changed == null && isSigned(manifest) ? files.withoutSignatures(name, manifest, where) : manifest);
        } else if (changed != null) {
            put(target, header, changed);
        } else {
            target.putNextEntry(header);
            try (var in = zip.getInputStream(entry)) {
                in.transferTo(target);
            }
            target.closeEntry();
        }
    }

    private static void put(ZipOutputStream target, ZipEntry header, byte[] bytes) throws IOException {
        target.putNextEntry(header);
        target.write(bytes);
        target.closeEntry();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var a = new String(first, StandardCharsets.UTF_8);
        var b = new String(second, StandardCharsets.UTF_8);
        return (a + "\n" + b).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isSigned(byte[] manifest) {
        return new String(manifest, StandardCharsets.ISO_8859_1).contains("-Digest");
    }

    private static boolean isSignature(String name) {
        return name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    }
}
