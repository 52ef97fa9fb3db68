package dev.narwhal.master.control;

import dev.narwhal.contract.FileError;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where control sockets are: {@code PID.sock} in a directory of the user's that nobody else can enter, unless the operator names a path.
 * That directory is {@code $XDG_RUNTIME_DIR/narwhal}, or else {@code /tmp/narwhal-UID}.
 */
public final class ControlSocket {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_ONLY_FILE = PosixFilePermissions.fromString("rw-------");
    private static final String SUFFIX = ".sock";

    private ControlSocket() {}

    /**
     * Opens the socket of a master in the user's directory.
     *
     * @throws IOException with a sentence for the operator
     */
    public static Closeable open(Map<String, String> environment, Routes routes) throws IOException {
        var directory = directory(environment);
        create(directory);
        for (var left : sockets(directory)) {
            if (!answers(left)) {
                Files.deleteIfExists(left);
            }
        }
        return open(directory.resolve(ProcessHandle.current().pid() + SUFFIX), routes);
    }

    /**
     * Opens the socket at that path. One that a master which was killed has left there is replaced.
     *
     * @throws IOException with a sentence for the operator
     */
    public static Closeable open(Path path, Routes routes) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.isRegularFile(path) || Files.isDirectory(path) || answers(path)) {
                throw new IOException(
                        "opening the control socket %s: it is in use. Name another --control-socket.".formatted(path));
            }
            Files.delete(path);
        }
        try {
            var door = Door.unix(path, routes);
            Files.setPosixFilePermissions(path, OWNER_ONLY_FILE);
            return door;
        } catch (IOException e) {
            throw new IOException(
                    "opening the control socket %s: %s. Name another --control-socket, or give --no-control-socket."
                            .formatted(path, reason(e)),
                    e);
        }
    }

    private static String reason(IOException failure) {
        var cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** The sockets of the user's servers that answer, in no order. */
    static List<Path> found(Map<String, String> environment) throws IOException {
        var directory = directory(environment);
        return sockets(directory).stream().filter(ControlSocket::answers).toList();
    }

    private static List<Path> sockets(Path directory) throws IOException {
        var sockets = new ArrayList<Path>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            found.forEach(sockets::add);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (FileSystemException e) {
            throw new IOException(
                    "looking for control sockets in %s: %s. Name one with --socket, or another place with XDG_RUNTIME_DIR."
                            .formatted(directory, FileError.words(e)),
                    e);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return sockets;
    }

    private static boolean answers(Path socket) {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            return false;
        }
    }

    static Path directory(Map<String, String> environment) throws IOException {
        var runtime = Path.of(environment.getOrDefault("XDG_RUNTIME_DIR", ""));
        return runtime.isAbsolute() ? runtime.resolve("narwhal") : Path.of("/tmp/narwhal-" + uid());
    }

    private static Object uid() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    /** Somebody else could have made it first, to listen in the place of a server. */
    private static void create(Path directory) throws IOException {
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException e) {
            boolean ours = Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                    && uid().equals(Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS))
                    && OWNER_ONLY.equals(Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS));
            if (!ours) {
                throw new IOException(
                        "creating %s for the control socket: it exists and others have access to it. Remove it, or name a --control-socket."
                                .formatted(directory),
                        e);
            }
        } catch (IOException e) {
            throw new IOException(
                    "creating %s for the control socket: %s. Name a --control-socket, or give --no-control-socket."
                            .formatted(directory, FileError.words(e)),
                    e);
        }
    }
}
