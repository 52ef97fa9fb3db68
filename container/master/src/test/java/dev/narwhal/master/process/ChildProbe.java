package dev.narwhal.master.process;

import dev.narwhal.contract.Scoreboard;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the tests run as a child JVM. Reports to the descriptor that is its second argument. */
final class ChildProbe {

    private ChildProbe() {}

    public static void main(String[] arguments) throws Exception {
        try (var report =
                new PrintStream(new FileOutputStream("/proc/self/fd/" + arguments[1]), true, StandardCharsets.UTF_8)) {
            switch (arguments[0]) {
                case "lifeline" -> System.exit(awaitEnd(report));
                case "accept" -> accept(report);
                case "scoreboard" -> scoreboard(Path.of("/proc/self/fd", arguments[2]));
                case "parent" -> parent(report);
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        }
    }

    private static int awaitEnd(PrintStream report) throws IOException {
        report.println("waiting");
        int end = System.in.read();
        report.println("read " + end);
        return 7;
    }

    /** Accepts one connection on standard input. */
    private static void accept(PrintStream report) throws IOException {
        var listening = (ServerSocketChannel) Objects.requireNonNull(System.inheritedChannel());
        report.println("port " + ((InetSocketAddress) listening.getLocalAddress()).getPort());
        try (var _ = listening.accept()) {
            report.println("accepted");
        }
    }

    private static void scoreboard(Path path) throws IOException {
        try (var scoreboard = Scoreboard.map(path, 2)) {
            scoreboard.slot(1).beat(4711);
        }
    }

    /** Is itself a parent, of a shell that tells which signals it blocks and ignores. */
    private static void parent(PrintStream report) throws Exception {
        var launch = new Launch(
                List.of("/bin/sh", "-c", "grep -E 'Sig(Blk|Ign)' /proc/self/status >&3; exit 9"),
                Map.of("PATH", "/bin:/usr/bin"),
                dev.narwhal.master.posix.Fd.STANDARD_INPUT,
                ChildFds.reportOnly());
        try (var child = Watched.spawn(launch)) {
            child.rest().forEach(report::println);
        }
    }
}
