package dev.narwhal.bench.start;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A WAR of about 100 MiB with 300 JARs, made of a small one by copying its libraries under other names. */
final class LargeWar {

    static final int JARS = 300;

    /** Of whole rounds of copies; the rest are copies of small ones. */
    private static final long MOST_IN_ROUNDS = 92L << 20;

    private static final String LIB = "WEB-INF/lib/";
    /** The fragment in it has a name, and two fragments must not have the same. */
    private static final String WITH_FRAGMENT = "spring-web-";

    private LargeWar() {}

    /** Writes the WAR, unless it is there. */
    static Path make(Path small, Path large) throws IOException {
        if (Files.exists(large)) {
            return large;
        }
        var temporary = large.resolveSibling(large.getFileName() + ".new");
        try (var source = FileSystems.newFileSystem(small);
                var out = new ZipOutputStream(Files.newOutputStream(temporary))) {
            copyAll(source, out);
            addJars(source, out);
        }
        return Files.move(temporary, large);
    }

    private static void copyAll(FileSystem source, ZipOutputStream out) throws IOException {
        try (var files = Files.walk(source.getPath("/"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                add(out, file.toString().substring(1), file);
            }
        }
    }

    private static void addJars(FileSystem source, ZipOutputStream out) throws IOException {
        var jars = new ArrayList<Path>();
        int count;
        try (var files = Files.list(source.getPath(LIB))) {
            var all = files.toList();
            count = all.size();
            all.stream()
                    .filter(jar -> !jar.getFileName().toString().startsWith(WITH_FRAGMENT))
                    .forEach(jars::add);
        }
        var sizes = new ArrayList<Long>();
        for (var jar : jars) {
            sizes.add(Files.size(jar));
        }
        long bytes = sizes.stream().mapToLong(Long::longValue).sum();
        var small = small(jars, sizes);
        long written = bytes;
        for (int copy = 1; count < JARS; copy++) {
            var round = written + bytes < MOST_IN_ROUNDS ? jars : small;
            written += bytes;
            for (var jar : round) {
                if (count < JARS) {
                    add(out, LIB + "copy-" + copy + "-" + jar.getFileName(), jar);
                    count++;
                }
            }
        }
    }

    /** The smaller half. */
    private static List<Path> small(List<Path> jars, List<Long> sizes) {
        return jars.stream()
                .sorted(Comparator.comparing(jar -> sizes.get(jars.indexOf(jar))))
                .limit(jars.size() / 2)
                .toList();
    }

    private static void add(ZipOutputStream out, String name, Path file) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        Files.copy(file, (OutputStream) out);
        out.closeEntry();
    }
}
