package dev.narwhal.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What the kernel says about a listening socket. */
public final class AcceptQueue {

    private static final String LISTEN = "0A";

    private AcceptQueue() {}

    /** How many connections wait to be accepted on a TCP port; empty when nobody listens on it. */
    public static OptionalInt length(int port) {
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .map(Path::of)
                .flatMap(AcceptQueue::rows)
                .filter(row -> row[1].endsWith(String.format(Locale.ROOT, ":%04X", port)) && row[3].equals(LISTEN))
                .mapToInt(row -> Integer.parseInt(row[4].substring(row[4].indexOf(':') + 1), 16))
                .reduce(Integer::sum);
    }

    private static Stream<String[]> rows(Path table) {
        try {
            return Files.readAllLines(table).stream()
                    .skip(1)
                    .map(line -> line.strip().split("\\s+", -1));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + table, e);
        }
    }
}
