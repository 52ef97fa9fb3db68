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
        var digest = sha256();
        for (var entry : List.of(classPath.split(File.pathSeparator, -1))) {
            var path = Path.of(entry);
            if (Files.isRegularFile(path)) {
                digest.update("%s\0%d\0%s\0"
                        .formatted(path.getFileName(), Files.size(path), Files.getLastModifiedTime(path))
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
