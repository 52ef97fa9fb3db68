package dev.narwhal.master.listen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How many connections wait in the kernel for somebody to accept them, see proc_net(5). */
final class AcceptQueue {

    private static final int QUEUES = 4;
    private static final int INODE = 9;
    private static final int HEXADECIMAL = 16;

    private AcceptQueue() {}

    /** The length of a listening socket's queue; 0 when the kernel does not say. */
    static int length(int fd) {
        try {
            var inode = Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd))
                    .toString()
                    .replaceAll("[^0-9]", "");
            return Stream.of("/proc/self/net/tcp", "/proc/self/net/tcp6")
                    .map(Path::of)
                    .filter(Files::exists) // IPv6 may be switched off
                    .flatMap(AcceptQueue::rows)
                    .filter(row -> row.length > INODE && row[INODE].equals(inode))
                    .mapToInt(row -> Integer.parseInt(row[QUEUES].substring(row[QUEUES].indexOf(':') + 1), HEXADECIMAL))
                    .sum();
        } catch (IOException _) {
            return 0;
        }
    }

    private static Stream<String[]> rows(Path table) {
        try {
            return Files.readAllLines(table).stream().map(line -> line.strip().split("\\s+", -1));
        } catch (IOException _) {
            return Stream.empty();
        }
    }
}
