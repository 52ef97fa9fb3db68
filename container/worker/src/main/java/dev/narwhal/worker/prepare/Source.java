package dev.narwhal.worker.prepare;

import dev.narwhal.worker.war.WarException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * An application as the operator names it.
 *
 * @param path absolute
 * @param name its file name, for messages
 * @param kind what it is
 */
record Source(Path path, String name, Kind kind) {

    /** What the path is. */
    enum Kind {
        ARCHIVE,
        DIRECTORY
    }

    /** What has a say in the descriptor. */
    private static final List<String> DESCRIBING =
            List.of("META-INF/context.xml", "WEB-INF/web.xml", "WEB-INF/classes", "WEB-INF/lib");

    private static final int BUFFER = 1 << 18;
    private static final int KEY_LENGTH = 32; // hex digits: 128 bits

    /** Looks at a path. A file that is not an archive is refused at once. */
    static Source of(Path path) throws WarException, IOException {
        var absolute = path.toAbsolutePath().normalize();
        var name = absolute.getFileName() == null ? "/" : absolute.getFileName().toString();
        if (Files.isDirectory(absolute)) {
            return new Source(absolute, name, Kind.DIRECTORY);
        }
        if (!Files.exists(absolute)) {
            throw new WarException("preparing " + path
                    + ": there is no such file. Give the path of a .war file or of an exploded directory.");
        }
        try (var in = Files.newInputStream(absolute)) {
            var start = in.readNBytes(4);
            boolean zip = start.length == 4 && start[0] == 'P' && start[1] == 'K' && start[2] <= 8;
            if (!zip) {
                throw new WarException("preparing " + path + ": it is not a zip archive ("
                        + (start.length == 0 ? "it is empty" : "it starts with '" + printable(start) + "'")
                        + "). Give the path of a .war file or of an exploded directory.");
            }
        } catch (AccessDeniedException e) {
            throw new WarException("preparing " + path + ": permission denied. Make it readable for this user.", e);
        }
        return new Source(absolute, name, Kind.ARCHIVE);
    }

    private static String printable(byte[] start) {
        return new String(start, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", ".");
    }

    /**
     * What the preparation depends on, as hex digits: every byte of an archive; of a directory, which is served in place, the
     * path and whatever has a say in the descriptor.
     *
     * @param salt what else it depends on
     * @param everything whether all files of a directory have a say, because they are copied
     */
    String key(String salt, boolean everything) throws IOException {
        var digest = Digests.sha256();
        digest.update((kind + "\0" + salt + "\0").getBytes(StandardCharsets.UTF_8));
        switch (kind) {
            case ARCHIVE -> hashContent(digest);
            case DIRECTORY -> hashFacts(digest, everything ? List.of("") : DESCRIBING);
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, KEY_LENGTH);
    }

    private void hashContent(MessageDigest digest) throws IOException {
        var buffer = new byte[BUFFER];
        try (var in = Files.newInputStream(path)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
    }

    private void hashFacts(MessageDigest digest, List<String> parts) throws IOException {
        digest.update(path.toString().getBytes(StandardCharsets.UTF_8));
        for (var part : parts) {
            var start = path.resolve(part);
            if (Files.exists(start)) {
                try (Stream<Path> files = Files.walk(start, FileVisitOption.FOLLOW_LINKS)) {
                    for (var file : files.sorted().toList()) {
                        hashFacts(digest, file);
                    }
                } catch (UncheckedIOException e) {
                    throw e.getCause();
                }
            }
        }
        hashPages(digest);
    }

    /** Whether there are pages, and what the tag libraries are; how the pages look is looked up when they are asked for. */
    private void hashPages(MessageDigest digest) throws IOException {
        boolean pages = false;
        try (Stream<Path> files = Files.walk(path)) {
            for (var file : files.sorted().toList()) {
                var text = file.toString();
                pages |= text.endsWith(".jsp") || text.endsWith(".jspx");
                if (text.endsWith(".tld")) {
                    hashFacts(digest, file);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        digest.update(("\0pages " + pages).getBytes(StandardCharsets.UTF_8));
    }

    private void hashFacts(MessageDigest digest, Path file) throws IOException {
        boolean directory = Files.isDirectory(file);
        digest.update("\0%s\0%s\0%s"
                .formatted(
                        path.relativize(file),
                        directory ? "" : Files.size(file),
                        directory ? "" : Files.getLastModifiedTime(file))
                .getBytes(StandardCharsets.UTF_8));
    }
}
