package dev.narwhal.worker.prepare;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Hashes for names in the cache. */
final class Digests {

    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Identifies this build of the server by its class path: another Narwhal, or one more adapter, may prepare the same WAR
     * differently.
     */
    static String server(String classPath) throws IOException {
        return files(
                Stream.of(classPath.split(File.pathSeparator, -1)).map(Path::of).toList());
    }

    /** Identifies files by name, size and time; what is no file has no say. */
    static String files(List<Path> files) throws IOException {
        var digest = sha256();
        for (var path : files) {
            if (Files.isRegularFile(path)) {
                digest.update("%s\0%d\0%s\0"
                        .formatted(path.getFileName(), Files.size(path), Files.getLastModifiedTime(path))
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
