package dev.narwhal.session.lmdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * LMDB's own code, which lmdbjava carries in a JAR, as a file for the moment in which it is loaded. lmdbjava would keep the file, and leave it behind
 * when the process is killed.
 */
final class NativeLibrary implements AutoCloseable {

    private static final String PROPERTY = "lmdbjava.native.lib";

    private final Path file;

    private NativeLibrary(Path file) {
        this.file = file;
    }

    /** @param directory the code in it must be allowed to run */
    static NativeLibrary unpack(Path directory) throws IOException {
        var library = new NativeLibrary(Files.createTempFile(directory, "narwhal-lmdb-", ".so"));
        var name = "org/lmdbjava/native/" + architecture() + "-linux-gnu.so";
        try (var in = NativeLibrary.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("LMDB comes without " + name);
            }
            Files.copy(in, library.file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            library.close();
            throw e;
        }
        System.setProperty(PROPERTY, library.file.toString());
        return library;
    }

    private static String architecture() {
        var architecture = System.getProperty("os.arch", "");
        return architecture.equals("amd64") ? "x86_64" : architecture;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
