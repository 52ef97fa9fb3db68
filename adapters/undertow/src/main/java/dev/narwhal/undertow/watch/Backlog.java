package dev.narwhal.undertow.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * What waits in the kernel for this process, see proc_net(5): connections that nobody has accepted, and connections on which something has come that nobody
 * has read. It takes milliseconds, so it is for whoever has a reason to ask.
 */
final class Backlog {

    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final int QUEUES = 4;
    private static final int INODE = 9;
    private static final int HEXADECIMAL = 16;
    private static final String ESTABLISHED = "01";
    private static final String LISTENING = "0A";

    private Backlog() {}

    /**
     * How many clients wait. What the kernel does not tell does not count.
     *
     * @param served whether a client, by its port, has its request in flight: what it has sent beside belongs to that
     */
    static int length(IntPredicate served) {
        var own = ownSockets();
        var rows = Stream.of("/proc/self/net/tcp", "/proc/self/net/tcp6")
                .flatMap(Backlog::rows)
                .filter(row -> row.length > INODE && own.contains(row[INODE]))
                .toList();
        var ports = new HashSet<Integer>();
        int length = 0;
        for (var row : rows) {
            if (row[STATE].equals(LISTENING)) {
                ports.add(port(row[LOCAL]));
                length += unread(row);
            }
        }
        for (var row : rows) {
            if (row[STATE].equals(ESTABLISHED)
                    && ports.contains(port(row[LOCAL]))
                    && unread(row) > 0
                    && !served.test(port(row[REMOTE]))) {
                length++;
            }
        }
        return length;
    }

    private static int unread(String[] row) {
        return Integer.parseUnsignedInt(row[QUEUES].substring(row[QUEUES].indexOf(':') + 1), HEXADECIMAL);
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1), HEXADECIMAL);
    }

    /** The inodes, as text, of all sockets that are open here. */
    private static Set<String> ownSockets() {
        var inodes = new HashSet<String>();
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (var descriptor : descriptors) {
                var target = target(descriptor);
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            return inodes;
        }
        return inodes;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException _) {
            return ""; // closed meanwhile
        }
    }

    private static Stream<String[]> rows(String table) {
        try {
            return Files.readAllLines(Path.of(table)).stream()
                    .map(line -> line.strip().split("\\s+", -1));
        } catch (IOException | UncheckedIOException _) {
            return List.<String[]>of().stream(); // IPv6 may be switched off
        }
    }
}
